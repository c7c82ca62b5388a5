# usage: NAME LOCK
# Waits until nobody holds the lease of a build container, and removes it, unless it is complete.
set -eu
exec 7>>"$2"
flock 7
# What makes or starts it ends by itself, also when nobody waits for it any more.
exec 9>>"/run/dragonfab/lxc-$1"
flock 9
folder="$(lxc-config lxc.lxcpath)/$1"
[ ! -e "$folder/dragonfab-build" ] || [ -e "$folder/dragonfab-mark" ] || remove "$1"
