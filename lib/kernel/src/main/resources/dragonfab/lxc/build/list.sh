# usage: PROJECT
# Prints the build containers of a project, a line each: name, the environment's container, the state, and whether a build
# runs in it.
set -eu
all=$(known "$1")
echo "$all" | while read -r name container base; do
    [ -n "$name" ] || continue
    state=$(lxc-info -n "$name" -sH)
    if held "$name"; then build=runs; else build=-; fi
    echo "$name $container $state $build"
done
