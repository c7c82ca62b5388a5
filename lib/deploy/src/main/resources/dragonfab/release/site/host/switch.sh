# usage: NAME VERSION|none [PATH [SECONDS [HOST [once|others]]]]
# Makes that release of a site serve, or none: starts it beside the one that does, asks it for PATH over its socket,
# turns the link, and stops the other. Whoever is being answered is answered to the end. Run again, it goes on. What only
# one host runs, this one does when it is told "once", and from then on until another word comes.
set -eu
name_site "$1"
to=$2 path=${3:-/} patience=${4:-60} host=${5:-localhost}
available=/etc/nginx/sites-available/$name enabled=/etc/nginx/sites-enabled
systemd=false
[ ! -d /run/systemd/system ] || systemd=true

case "${6:-}" in
once) : > "$etc/once" ;;
others) rm -f "$etc/once" ;;
esac

# Of a release by its version.
units() { units_of "$folder/releases/$1"; }
web() { units "$1" | grep -e "^$user@$1\." || true; }
workers() { units "$1" | grep -v -e "^$user@$1\." || true; }
turn() { ln -sfn "$1" "$etc/$2.new" && mv -fT "$etc/$2.new" "$etc/$2" && sync "$etc"; }
say() { "$systemd" && systemctl "$@"; }

# Other releases stop, whichever they are: a switch that was killed may have left any.
stop_others() {
    others=
    for link in /etc/systemd/system/"$user"@*.service /etc/systemd/system/"$user"@*.socket \
        /etc/systemd/system/"$user"-*@*.service; do
        [ -L "$link" ] || continue
        case "$(readlink "$link")" in
        "$folder/releases/"*) units "$to" | grep -qxF "${link##*/}" || others="$others ${link##*/}" ;;
        esac
    done
    [ -n "$others" ] || return 0
    if "$systemd"; then
        # shellcheck disable=SC2086
        systemctl stop -- $others || true
        # shellcheck disable=SC2086
        systemctl --quiet disable -- $others 2>/dev/null || true
    fi
    for unit in $others; do
        rm -f "/etc/systemd/system/$unit"
    done
    say daemon-reload || true
}

# An application that answers is up, whatever it says of that page; one that fails is not.
answers() {
    python3 - "/run/$user-$to.sock" "$path" "$host" "$patience" <<'END OF PYTHON'
import http.client, socket, sys, time

address, path, host, patience = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])


class Local(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(address)


end = time.monotonic() + patience
said = "nothing"
while True:
    try:
        connection = Local(host, timeout=max(1, min(30, end - time.monotonic())))
        connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "http", "User-Agent": "dragonfab"})
        answer = connection.getresponse()
        answer.read()
        if answer.status < 500:
            sys.exit(0)
        said = f"{answer.status} {answer.reason}"
    except (OSError, http.client.HTTPException) as error:
        said = str(error) or type(error).__name__
    if time.monotonic() >= end:
        sys.exit(f"the new release does not serve: asked for {path} it says {said}")
    time.sleep(0.1)
END OF PYTHON
}

# What nginx reads of the site is the release's; it is reloaded when that is another text than it has.
reload_nginx() {
    [ -d /etc/nginx/sites-available ] || return 0
    new=$(sha256sum < "$etc/current/nginx.conf")
    [ ! -L "$available" ] || [ "$new" != "$(cat "$folder/releases/.nginx" 2>/dev/null)" ] || return 0
    if [ ! -e "$available" ] && [ ! -L "$available" ]; then
        ln -s "$etc/current/nginx.conf" "$available"
        ln -sfn "$available" "$enabled/$name"
        replaced=
        if grep -q default_server "$etc/current/nginx.conf" && default_site_is_untouched; then
            rm "$enabled/default"
            replaced=yes
        fi
    fi
    if ! said=$(nginx -t -q 2>&1); then
        if [ -n "${replaced+set}" ]; then
            rm -f "$enabled/$name" "$available"
            [ -z "$replaced" ] || ln -s /etc/nginx/sites-available/default "$enabled/default"
        fi
        printf '%s\n' "$said" >&2
        return 1
    fi
    if say --quiet is-active nginx.service; then
        systemctl reload nginx.service || return 1
    fi
    echo "$new" > "$folder/releases/.nginx"
}

close_site() {
    rm -f "$enabled/$name" "$available" "$folder/releases/.nginx"
    [ ! -d /etc/nginx ] || ! nginx -t -q 2>/dev/null || ! say --quiet is-active nginx.service ||
        systemctl reload nginx.service || true
}

if [ "$to" = none ]; then
    close_site
    stop_others
    rm -f "$etc/current" "$etc/previous" "$etc/current.new" "$etc/previous.new" "$etc/once"
    exit 0
fi

release=$folder/releases/$to
for part in release env/bin/python src; do
    [ -e "$release/$part" ] || { echo "$name $to is not whole here: $release/$part is missing" >&2; exit 1; }
done
from=$(readlink "$etc/current" 2>/dev/null || true)
for unit in $(units "$to"); do
    ln -sfn "$release/units/$unit" "/etc/systemd/system/$unit"
done
if "$systemd"; then
    systemctl daemon-reload
    # shellcheck disable=SC2046
    systemctl reset-failed $(units "$to") 2>/dev/null || true
    started=true
    # shellcheck disable=SC2046
    systemctl start -- $(web "$to") || started=false
    said="the new release does not start"
    if ! "$started" || ! said=$(answers 2>&1); then
        journalctl --quiet --no-pager --output=cat --lines=30 -u "$user@$to.service" >&2 || true
        if [ "$from" != "$release" ]; then
            # shellcheck disable=SC2046
            systemctl stop -- $(web "$to") || true
            for unit in $(units "$to"); do rm -f "/etc/systemd/system/$unit"; done
            systemctl daemon-reload
        fi
        printf '%s\n' "$said" >&2
        exit 1
    fi
    # Before the link is turned, so that whatever it is at serves after a reboot.
    # shellcheck disable=SC2046
    systemctl --quiet enable -- $(web "$to") 2>/dev/null
fi
if [ "$from" != "$release" ]; then
    [ -z "$from" ] || turn "$from" previous
    turn "$release" current
fi
if ! reload_nginx; then
    [ -z "$from" ] || [ "$from" = "$release" ] || turn "$from" current
    echo "nginx refuses the site of $to" >&2
    exit 1
fi
# Requests that came before the turn have reached the old one by now, or never will.
[ -z "$from" ] || [ "$from" = "$release" ] || sleep 0.2
stop_others
# What may run only once begins when the one of before has ended.
if "$systemd" && [ -n "$(workers "$to")" ]; then
    # shellcheck disable=SC2046
    systemctl --quiet enable --now -- $(workers "$to")
fi
