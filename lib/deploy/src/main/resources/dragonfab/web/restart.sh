# usage: NAME nginx|apache|caddy|none [UNIT...]
# Restarts these units, or without names the services that the package or the site brings, and reloads that web server.
# Prints what it did. Lines that begin with "down" name what does not run afterwards; one that begins with "nothing" says
# that there is nothing to restart.
set -eu
name=$1 server=$2
shift 2

# A configuration that the web server refuses is found while everything still runs.
checks=
for unit in "$@" "$server"; do
    case "$unit" in
    nginx | nginx.service) checks="$checks nginx" ;;
    apache | apache2 | apache2.service) checks="$checks apache" ;;
    caddy | caddy.service) checks="$checks caddy" ;;
    esac
done
for check in $checks; do
    find_server "$check" "$name"
    [ -z "$program" ] || said=$(ask_server -t 2>&1) || { printf '%s\n' "$said" >&2; exit 1; }
done

if [ ! -d /run/systemd/system ]; then
    restart_by_scripts "$@"
    exit
fi

state() { systemctl show "$1" -p "$2" --value; }

# Prints the services that the site of that name runs here, whichever release serves.
of_site() {
    for unit in "/etc/${name%-site-*}-site/${name##*-site-}/current/units"/*.service; do
        [ ! -e "$unit" ] || echo "${unit##*/}"
    done
}

if [ $# -eq 0 ]; then
    for unit in $(of_site; dpkg -L "$name" 2>/dev/null | sed -n 's|^\(/usr\)\?/lib/systemd/system/\([^/@]*\.service\)$|\2|p'); do
        case "$(state "$unit" UnitFileState)/$(state "$unit" ActiveState)/$(state "$unit" Type)" in
        */oneshot) ;;
        enabled/*/* | */active/*) set -- "$@" "$unit" ;;
        esac
    done
fi
find_server "$server" "$name"
if [ $# -eq 0 ] && [ -z "$process" ]; then
    echo "nothing of $name can be restarted: it brings no unit that is enabled or runs" >&2
    exit 1
fi
for unit do
    [ "$(state "$unit" LoadState)" = loaded ] || { echo "there is no unit $unit" >&2; exit 1; }
done

[ $# -eq 0 ] || systemctl restart -- "$@" >&2 || true
problem() {
    active=$(state "$1" ActiveState) result=$(state "$1" Result) deaths=$(state "$1" NRestarts)
    case "$active/$(state "$1" SubState)/$(state "$1" Type)/$result" in
    active/*) [ "${deaths:-0}" = 0 ] || echo "down $1 keeps dying (restarts: $deaths)" ;;
    inactive/*/oneshot/success) ;;
    activating/auto-restart/* | failed/* | inactive/*) echo "down $1 is $active ($result)" ;;
    *) echo "down $1 has not started in 30 s: it is $active" ;;
    esac
}
# A service that dies at once is "active" for a moment, so twice well is well.
uptime() { cut -d . -f 1 /proc/uptime; }
well=0 end=$(($(uptime) + 30))
while [ $# -gt 0 ]; do
    found=$(for unit do problem "$unit"; done)
    if [ -z "$found" ]; then
        well=$((well + 1))
        [ "$well" -lt 2 ] || break
        sleep 1
    elif printf '%s\n' "$found" | grep -qv ' has not started ' || [ "$(uptime)" -ge "$end" ]; then
        for unit do
            [ -z "$(problem "$unit")" ] || journalctl --no-pager -q -n 15 -o cat -u "$unit" >&2 || true
        done
        printf '%s\n' "$found" >&2
        exit 1
    else
        sleep 0.2
    fi
done
for unit do
    echo "restarted $unit"
done

[ "$server" != none ] || exit 0
reload_named
