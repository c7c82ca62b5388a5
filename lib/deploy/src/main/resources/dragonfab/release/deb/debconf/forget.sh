# usage: STATE-FOLDER OWNER SHA256 [QUESTION...]
# Takes passwords out of debconf's own files again, and remembers which answers the package has got, by the mark on
# standard input.
set -eu
state=$1 owner=$2 kept="$1/answered/$3"
shift 3
IFS= read -r mark
umask 077
for question do
    printf 'RESET %s\n' "$question" | debconf-communicate "$owner" >/dev/null
done
if [ -f "$kept.new" ]; then
    { printf '%s\n' "$mark"; cat -- "$kept.new"; } > "$kept.all"
    sync "$kept.all"
    mv -f -- "$kept.all" "$kept"
    rm -f -- "$kept.new"
fi
printf '%s\n' "$mark" > "$state/answers"
