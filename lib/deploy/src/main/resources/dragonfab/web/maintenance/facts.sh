# usage: NAME nginx|apache|caddy HOST
# Prints what a switch has to know of this machine, as "key value" lines, and a tab separated line for each site.
set -eu
name=$1 server=$2 host=$3
state="/var/lib/dragonfab/$name"
tab=$(printf '\t')

case "$server" in
nginx) base=/etc/nginx access=$(cat "$state/maintenance.access" 2>/dev/null || echo "/etc/nginx/conf.d/dragonfab-$name.conf") ;;
apache) base=/etc/apache2 access= ;;
caddy) base=/etc/caddy access= ;;
esac
rules="$base/dragonfab/$name/maintenance.conf"
find_server "$server" "$name"

configuration() {
    case "$server" in
    nginx | caddy) ask_server -T 2>/dev/null ;;
    apache) apache2ctl -t -D DUMP_INCLUDES 2>/dev/null | sed -n 's/^ *([0-9*]*) //p' ;;
    esac
}
sites() { configuration | perl -e "$(print_sites)" "$rules" "$host" "$base" \
    "${process:-0}" "$name" "$access"; }

# One address as a visitor would ask it. A header makes a request from this machine a visitor's, whoever is on the
# access list.
asked() {
    scheme=$1 address=$2 port=$3 vhost=$4 flags=$5
    set -- --connect-to "::$address:$port"
    case "$address" in
    unix:*) set -- --unix-socket "${address#unix:}" ;;
    *:*) set -- "$@" --interface ::1 ;;
    *) set -- "$@" --interface 127.0.0.1 ;;
    esac
    case ",$flags," in *,proxy,*) set -- "$@" --haproxy-protocol ;; esac
    case ",$flags," in *,h2c,*) set -- "$@" --http2-prior-knowledge ;; esac
    curl -q -s -k -g -m 5 --noproxy '*' "$@" -o - -w '\n%{http_code}' -H 'Accept: application/json' \
        -H 'X-Forwarded-For: unknown' "$scheme://$vhost:$port/" 2>/dev/null | tr -d '\000' | tail -c 16384 || true
}

# What visitors see: "maintenance", "live", "mixed" or "unknown", and why; before it, what could not be told.
shown() {
    seen='' why='no site of the web server tells'
    if ! command -v curl >/dev/null; then
        echo "shown unknown curl is not installed"
        return
    fi
    while IFS="$tab" read -r word scheme address port vhost rest; do
        [ "$word" = ask ] || continue
        flags=${rest%%"$tab"*}
        answer=$(asked "$scheme" "$address" "$port" "$vhost" "$flags")
        code=${answer##*
}
        case "$code:$answer" in
        503:'{"error":"maintenance"'*) now=maintenance ;;
        2??:* | 404:* | 405:* | 5??:*) now=live ;;
        *) now= ;;
        esac
        said="$scheme://$address:$port for $vhost answers ${code:-nothing}"
        case ",$flags," in *,cert,*) said="$scheme://$vhost:$port asks for a client certificate" ;; esac
        [ -n "$now" ] || echo "untold $said"
        [ -z "$now" ] && [ -n "$seen" ] || why=$said
        [ -z "$now" ] || [ "$now" = "${seen:-$now}" ] || now=mixed
        seen=${now:-$seen}
    done <<EOT
$1
EOT
    echo "shown ${seen:-unknown} $why"
}

sums() { cat -- "$@" 2>/dev/null | sha256sum | cut -d' ' -f1; }

case "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" in ?'i ') echo "package yes" ;; esac
[ ! -s "$state/journal" ] || echo "journal yes"
[ ! -f "$state/maintenance.on" ] || printf 'notice %s\n' "$(head -n 1 "$state/maintenance.on")"
echo "page $(sums "$state/web/maintenance.html" "$state/web/maintenance.json")"
[ -n "$program" ] || exit 0
echo "server yes"
# shellcheck disable=SC2086
echo "rules $(sums "$rules" $access)"
echo "loaded $(cat "$state/maintenance.loaded" 2>/dev/null || true)"
if ! said=$(ask_server -t 2>&1); then
    printf '%s\n' "$said" | sed 's/^/broken /'
    echo "shown unknown $server tells nothing while it refuses its configuration"
    exit 0
fi
where=$(sites)
printf '%s\n' "$where" | grep "^site$tab" || true
printf '%s\n' "$where" | sed -n "s/^\(untold\|stale\|access\)$tab/\1 /p"
shown "$where"
