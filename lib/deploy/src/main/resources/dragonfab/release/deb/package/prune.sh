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
