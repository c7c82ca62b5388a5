"""The project's settings as a site has them: its own, and over them what the host says in its environment."""
import os
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

_own = import_module("@SETTINGS@")
globals().update({name: value for name, value in vars(_own).items() if name.isupper()})
_data = Path(os.environ.get("DATA_DIR", "/nonexistent"))
_building = "DRAGONFAB_STATIC" in os.environ


def _database(address):
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 3, **options},
    }


DEBUG = os.environ.get("DEBUG", "") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or ("for the build only" if _building else vars(_own).get("SECRET_KEY", ""))
_names = [name for name in os.environ.get("SITE_NAMES", "").split() if name != "_"]
ALLOWED_HOSTS = (_names + ["localhost", "127.0.0.1"]) if _names else ["*"]
CSRF_TRUSTED_ORIGINS = list(vars(_own).get("CSRF_TRUSTED_ORIGINS", [])) + ["https://" + name for name in _names]
STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("DRAGONFAB_STATIC", str(Path(__file__).resolve().parents[1] / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = str(_data / "media")
# Without these a large upload keeps the 0600 of its temporary file, and nginx cannot read it.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
# nginx always sets this header itself, so no visitor can forge it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if os.environ.get("DATABASE_URL"):
    # Connections are not kept: an idle site must not stand in the way of a database being replaced.
    DATABASES = {**vars(_own).get("DATABASES", {}), "default": _database(os.environ["DATABASE_URL"])}
else:
    DATABASES = {**vars(_own).get("DATABASES", {})}
    for _name, _each in DATABASES.items():
        # Beside the code nothing can be written, and the next release would begin with nothing.
        if _each.get("ENGINE", "").endswith("sqlite3") and str(_each.get("NAME")) != ":memory:":
            DATABASES[_name] = {**_each, "NAME": str(_data / Path(str(_each["NAME"])).name)}
# Django's own logging says nothing outside DEBUG; this sends warnings and errors to the journal.
LOGGING = vars(_own).get("LOGGING") or {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"journal": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["journal"], "level": "WARNING"},
}
