# usage: PROJECT CONTAINER
# Removes the build containers of an environment's container. Prints a line for each: "removed", or "kept" where a build
# runs in it or in a clone of it, and the name.
set -eu
mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
# Clones before what they are clones of, which has "-" there.
all=$(known "$1")
mine=$(echo "$all" | awk -v container="$2" '$2 == container' | LC_ALL=C sort -r -k 3)
used=" "
while read -r name _ base; do
    [ -n "$name" ] || continue
    exec 7>>"/run/dragonfab/lxc-$name.lease"
    case "$used" in
    *" $name "*) kept=yes ;;
    *) kept= && flock -n 7 || kept=yes ;;
    esac
    if [ -n "$kept" ]; then
        used="$used$base "
        echo "kept $name"
    else
        remove "$name" </dev/null
        echo "removed $name"
    fi
done <<END
$mine
END
