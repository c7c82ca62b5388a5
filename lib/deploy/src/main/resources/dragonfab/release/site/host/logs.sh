# usage: NAME LINES all|follow [UNIT...]
# Prints what these units said; without names, those of the site, whichever release they were of.
set -eu
name_site "$1"
lines=$2 how=$3
shift 3
[ $# -gt 0 ] || set -- "$user@*" "$user-*@*"
for unit do
    set -- "$@" -u "$unit"
    shift
done
[ "$how" = all ] || set -- "$@" --follow
exec journalctl --no-pager --quiet --no-hostname --output=short-iso --lines="$lines" "$@"
