# usage: NAME LINES all|follow [UNIT...]
name=$1 lines=$2 how=$3
shift 3
[ $# -gt 0 ] || set -- "$name.service"
for unit do
    set -- "$@" -u "$unit"
    shift
done
[ "$how" = all ] || set -- "$@" --follow
exec journalctl --no-pager --quiet --no-hostname --output=short-iso --lines="$lines" "$@"
