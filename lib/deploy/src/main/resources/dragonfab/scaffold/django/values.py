"""Reads and changes @NAME@.ini. Needs nothing but Python, for postinst runs it as a command."""
import configparser
import os
import secrets
import shutil
import sys
import tempfile

SECTION = "@NAME@"
KEYS = ("server_name", "secret_key", "db_name", "db_user", "db_password", "db_host", "db_port")
HEAD = "# Settings of @NAME@. A value in double quotes is taken literally between them.\n"


def quote(value):
    # The INI reader strips blanks at both ends, so such a value needs a pair of quotes round it.
    wrapped = len(value) > 1 and value[0] == value[-1] == '"'
    return f'"{value}"' if wrapped or value != value.strip() else value


def unquote(text):
    wrapped = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1] if wrapped else text


def parse(text):
    ini = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    try:
        ini.read_string(text)
    except configparser.Error as error:
        # Its message quotes the line, which may hold a password.
        raise ValueError(f"not a valid INI file ({type(error).__name__})") from None
    found = ini[SECTION] if ini.has_section(SECTION) else {}
    return {key: unquote(found.get(key, "")) for key in KEYS}


def read(path):
    with open(path, encoding="utf-8") as file:
        return parse(file.read())


def with_values(text, values):
    """The text with these values in it; comments and all other lines stay as they are."""
    left = dict(values)
    lines, inside, dropping = [], False, False
    for line in text.rstrip("\n").split("\n"):
        if dropping and line[:1].isspace() and line.strip():
            continue
        dropping = False
        if line.startswith("["):
            inside = line.strip() == f"[{SECTION}]"
        key = line.partition("=")[0].strip().lower()
        if inside and key in left:
            line = f"{key} = {quote(left.pop(key))}"
            dropping = True
        lines.append(line)
    header = f"[{SECTION}]"
    if header not in (line.strip() for line in lines):
        lines.append(header)
    start = [line.strip() for line in lines].index(header) + 1
    lines[start:start] = [f"{key} = {quote(value)}" for key, value in left.items()]
    return "\n".join(lines) + "\n"


def write(path, text, group):
    folder, name = os.path.split(os.path.realpath(path))
    number, new = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    try:
        with open(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(number)
        if group:
            shutil.chown(new, "root", group)
        os.chmod(new, 0o640)
        os.replace(new, os.path.join(folder, name))
    except BaseException:
        os.unlink(new)
        raise


def answers(data):
    """Takes `key=value` items, each ended by NUL, the last one `end`: half a stream is refused."""
    *items, last, rest = data.decode("utf-8").split("\0")
    if last != "end" or rest:
        raise ValueError("the answers are cut off")
    values = dict(item.split("=", 1) for item in items)
    for key, value in values.items():
        if key not in KEYS:
            raise ValueError(f"{key}: unknown setting")
        if "\n" in value or "\r" in value:
            raise ValueError(f"{key}: a line break is not allowed")
    return values


def update(path, values, group=None):
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
    else:
        text = with_values(HEAD, {key: "" for key in KEYS})
    old = parse(text)
    new = {key: value for key, value in values.items() if value != old[key]}
    for key in ("secret_key", "db_password"):
        # debconf forgets passwords once written, so an empty answer means "keep".
        if not values.get(key):
            new.pop(key, None)
    if not old["secret_key"] and "secret_key" not in new:
        new["secret_key"] = secrets.token_urlsafe(50)
    if new:
        write(path, with_values(text, new), group)


def main(arguments):
    action, path, *more = arguments
    if action == "get":
        sys.stdout.buffer.write(read(path)[more[0]].encode("utf-8"))
    elif action == "update":
        update(path, answers(sys.stdin.buffer.read()), *more)
    else:
        raise ValueError("usage: values.py get FILE KEY | values.py update FILE [GROUP]")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (OSError, ValueError) as error:
        sys.exit(f"@NAME@: {error}")
