# Stands before each script that asks or reloads a web server: finds the one that runs, whatever its unit and package.
PATH="$PATH:/usr/sbin:/sbin"
# usage: find_server nginx|apache|caddy NAME
# Sets program with its options, process (the one that others are children of) and unit, each empty where there is none.
find_server() {
    program='' options='' process='' unit=''
    case "$1" in
    nginx)
        find_running nginx "^[^#]*dragonfab/($2|[*])/"
        [ -n "$program" ] || program=$(command -v nginx || command -v /usr/local/openresty/nginx/sbin/nginx ||
            command -v /usr/local/nginx/sbin/nginx || command -v /opt/nginx/sbin/nginx || true)
        ;;
    apache)
        program=$(command -v apache2ctl || true)
        process=$(cat /run/apache2/apache2.pid 2>/dev/null || true)
        [ -e "/proc/${process:-none}" ] || process=''
        ;;
    caddy)
        find_running caddy "\"/var/lib/dragonfab/$2/web\""
        [ -n "$program" ] || program=$(command -v caddy || command -v /usr/local/bin/caddy || true)
        ;;
    esac
    [ -z "$process" ] || unit=$(sed -n 's|.*/system[.]slice/\([^/]*/\)*\([^/]*[.]service\)$|\2|p' "/proc/$process/cgroup" | tail -n 1)
}
# The lines of command of those that run.
running() {
    case "$1" in
    nginx) grep -slE '^[n]ginx: master process' /proc/[0-9]*/cmdline ;;
    caddy) grep -slzx run /proc/[0-9]*/cmdline | xargs -r grep -slzE '^(.*/)?caddy[^/]*$' ;;
    esac
}
# Of several, the one that has the line of the rules; one in another container is not ours to reload.
find_running() {
    found=''
    for file in $(running "$1"); do
        process=${file#/proc/} process=${process%/cmdline}
        [ "$(readlink "/proc/$process/ns/pid")" = "$(readlink /proc/self/ns/pid)" ] || continue
        program=$(readlink "/proc/$process/exe" | sed 's/ (deleted)$//')
        # As "docker run caddy" is none.
        case "$1:${program##*/}" in caddy:caddy*) ;; caddy:*) continue ;; esac
        [ "$1" != nginx ] || options=$(tr '\0' ' ' < "$file" | grep -oE ' -[cpe] *[^ ]+' | tr -d '\n' || true)
        if ask_server -T 2>/dev/null | grep -qE "$2"; then
            return
        fi
        found=${found:-"$process $program$options"}
    done
    process='' program='' options=''
    if [ -n "$found" ]; then
        process=${found%% *} program=${found#* }
        case "$program" in *' '*) options=" ${program#* }" program=${program%% *} ;; esac
    fi
}
# shellcheck disable=SC2086
ask_server() {
    case "${program##*/}" in
    caddy*) ask_caddy "$process" "$program" "$name" "$@" ;;
    *) "$program" $options "$@" ;;
    esac
}
# A reload that is refused leaves the old children, whatever the exit code of what asked for it.
reload_server() {
    [ -n "$process" ] || return 0
    case "${program##*/}" in caddy*) ask_server -r; return ;; esac
    children="/proc/$process/task/$process/children"
    before=" $(cat "$children" 2>/dev/null) "
    if [ -n "$unit" ] && [ -d /run/systemd/system ] && [ "$(systemctl show "$unit" -p CanReload --value)" = yes ]; then
        systemctl reload "$unit" >&2
    elif [ "$server" = nginx ]; then
        kill -HUP "$process"
    else
        apache2ctl graceful >&2
    fi
    [ -e "$children" ] || return 0
    tries=0
    while [ "$tries" -lt 40 ]; do
        # shellcheck disable=SC2013
        for child in $(cat "$children" 2>/dev/null); do
            case "$before" in *" $child "*) ;; *) return 0 ;; esac
        done
        tries=$((tries + 1))
        sleep 0.2
    done
    echo "${unit:-$program} goes on with the configuration that it had; its log says why" >&2
    return 1
}
# Reloads the one that was asked for, and says so.
reload_named() {
    find_server "$server" "$name"
    if [ -n "$process" ]; then
        reload_server
        named=${unit:-$program}
        echo "reloaded ${named%.service}"
    else
        echo "left $server, which is not running"
    fi
}
