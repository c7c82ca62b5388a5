# Stands before each script that opens or closes a site.
# usage: lock_switch NAME
# By 7, for the rollback holds 8 and 9.
lock_switch() {
    tighten "/var/lib/dragonfab/$1"
    (umask 077 && : >> "/var/lib/dragonfab/$1/maintenance.lock")
    exec 7>>"/var/lib/dragonfab/$1/maintenance.lock"
    flock -w 60 7 || { echo "another process has been switching $1 for 60 s" >&2; exit 1; }
}
# usage: forget_flag nginx|apache|caddy NAME
# With open_file_cache, workers trust their memory of the flag for a minute. One that does not run has none.
forget_flag() {
    [ "$1" = nginx ] || return 0
    find_server "$1" "$2"
    if [ -n "$process" ] && ask_server -T 2>/dev/null | grep -Eq '^[[:space:]]*open_file_cache[[:space:]]+max'; then
        kill -HUP "$process" || true
    fi
}
