# usage: NAME LINES all|follow [UNIT...]
# Prints what these units said; without names, those that the package brings.
set -eu
name=$1 lines=$2 how=$3
shift 3
if [ $# -eq 0 ]; then
    files=$(dpkg -L "$name" 2>/dev/null) || { echo "$name is not installed here" >&2; exit 1; }
    # shellcheck disable=SC2046
    set -- $(echo "$files" | sed -nE 's#^(/usr)?/lib/systemd/system/([^/]*\.(service|socket|timer))$#\2#p')
    [ $# -gt 0 ] || { echo "$name brings no units: name one with --unit" >&2; exit 1; }
fi
for unit do
    # Of app@.service, all that were started from it.
    set -- "$@" -u "$(echo "$unit" | sed 's/@\./@*./')"
    shift
done
[ "$how" = all ] || set -- "$@" --follow
exec journalctl --no-pager --quiet --no-hostname --output=short-iso --lines="$lines" "$@"
