# usage: NAME FILE-TO-KEEP...
# Removes kept packages that no release within reach needs any more; prints the names.
set -eu
folder="/var/lib/dragonfab/$1/packages"
shift
# Uploads that were killed; none runs now.
rm -rf -- "$folder"/.*.part
for deb in "$folder"/*.deb; do
    [ -f "$deb" ] || continue
    wanted=false
    for keep do
        [ "${deb##*/}" != "$keep" ] || wanted=true
    done
    [ "$wanted" = true ] || { rm -f -- "$deb" && echo "${deb##*/}"; }
done
# The answers of those that have gone, and of installations that came to nothing.
[ -d "$folder/../answered" ] || exit 0
rm -f -- "$folder/../answered"/*.new
sums=$(sha256sum "$folder"/*.deb 2>/dev/null | sed -e 's/^\\//' -e 's/ .*//')
for answers in "$folder/../answered"/*; do
    [ -f "$answers" ] || continue
    echo "$sums" | grep -qxF "${answers##*/}" || rm -f -- "$answers"
done
