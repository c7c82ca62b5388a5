# usage: NAME ARTIFACT-TO-KEEP...
# Removes the directory that nothing runs from, unless a release within reach needs it; prints what was in it.
set -eu
cd "/srv/$1"
shift
for folder in a b; do
    # shellcheck disable=SC2015
    [ -e "$folder/.release" ] && [ "$(readlink current || true)" != "$folder" ] || continue
    artifact=$(cut -d ' ' -f 2 "$folder/.release")
    wanted=false
    for keep do
        [ "$artifact" != "$keep" ] || wanted=true
    done
    [ "$wanted" = false ] || continue
    rm -f -- "$folder/.release"
    sync "$folder"
    rm -rf -- "$folder"
    echo "$artifact"
done
