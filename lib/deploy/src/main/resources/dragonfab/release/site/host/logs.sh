# usage: NAME LINES all|follow [UNIT...]
# Prints what these units said; without names, those of the site, whichever release they were of.
set -eu
name=$1 lines=$2 how=$3
shift 3
software=${name%-site-*} variant=${name##*-site-}
[ $# -gt 0 ] || set -- "$software-$variant@*" "$software-$variant-*@*"
for unit do
    set -- "$@" -u "$unit"
    shift
done
[ "$how" = all ] || set -- "$@" --follow
exec journalctl --no-pager --quiet --no-hostname --output=short-iso --lines="$lines" "$@"
