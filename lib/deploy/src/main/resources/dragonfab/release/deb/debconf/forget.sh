# usage: STATE-FOLDER MARK OWNER [QUESTION...]
# Takes passwords out of debconf's own files again, and remembers which answers the package has got.
set -eu
state=$1 mark=$2 owner=$3
shift 3
umask 077
for question do
    printf 'RESET %s\n' "$question" | debconf-communicate "$owner" >/dev/null
done
printf '%s\n' "$mark" > "$state/answers"
