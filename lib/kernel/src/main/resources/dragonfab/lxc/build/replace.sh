# usage: NAME
# Removes a build container of other dependencies; another container of that name is a failure.
set -eu
folder="$(lxc-config lxc.lxcpath)/$1"
if [ ! -e "$folder/dragonfab-build" ] && [ ! -e "$folder/dragonfab-mark" ]; then
    echo "$1 is there, and dragonfab did not make it to build in" >&2
    exit 1
fi
remove "$1"
