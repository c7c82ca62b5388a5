# Stands before each script that asks or reloads a web server: finds the one that runs, whatever its unit and package.
PATH="$PATH:/usr/sbin:/sbin"
# usage: find_server nginx|apache NAME
# Sets program with its options, process (the one that others are children of) and unit, each empty where there is none.
find_server() {
    program='' options='' process='' unit=''
    case "$1" in
    nginx) find_nginx "$2" ;;
    apache)
        program=$(command -v apache2ctl || true)
        process=$(cat /run/apache2/apache2.pid 2>/dev/null || true)
        [ -e "/proc/${process:-none}" ] || process=''
        ;;
    esac
    [ -z "$process" ] || unit=$(sed -n 's|.*/system[.]slice/\([^/]*/\)*\([^/]*[.]service\)$|\2|p' "/proc/$process/cgroup" | tail -n 1)
}
# Of several, the one that has the line of the rules; one in another container is not ours to reload.
find_nginx() {
    found=''
    # shellcheck disable=SC2013
    for file in $(grep -slE '^[n]ginx: master process' /proc/[0-9]*/cmdline); do
        process=${file#/proc/} process=${process%/cmdline}
        [ "$(readlink "/proc/$process/ns/pid")" = "$(readlink /proc/self/ns/pid)" ] || continue
        program=$(readlink "/proc/$process/exe" | sed 's/ (deleted)$//')
        options=$(tr '\0' ' ' < "$file" | grep -oE ' -[cpe] *[^ ]+' | tr -d '\n' || true)
        if ask_server -T 2>/dev/null | grep -qE "^[^#]*dragonfab/($1|[*])/"; then
            return
        fi
        found=${found:-"$process $program$options"}
    done
    process=''
    if [ -n "$found" ]; then
        process=${found%% *} program=${found#* } options=''
        case "$program" in *' '*) options=" ${program#* }" program=${program%% *} ;; esac
        return
    fi
    options=''
    program=$(command -v nginx || command -v /usr/local/openresty/nginx/sbin/nginx || command -v /usr/local/nginx/sbin/nginx ||
        command -v /opt/nginx/sbin/nginx || true)
}
# shellcheck disable=SC2086
ask_server() { "$program" $options "$@"; }
# A reload that is refused leaves the old children, whatever the exit code of what asked for it.
reload_server() {
    [ -n "$process" ] || return 0
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
