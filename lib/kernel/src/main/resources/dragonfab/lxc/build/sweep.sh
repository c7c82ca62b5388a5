# usage: BASE
# Removes throw-away build containers that nobody holds a lease of: builds leave theirs when this machine goes down.
# Prints their names.
set -eu
mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
lxc=$(lxc-config lxc.lxcpath)
for record in "$lxc"/*/dragonfab-build; do
    [ -e "$record" ] || continue
    read -r _ _ base < "$record"
    name=${record%/*} name=${name##*/}
    [ "$base" = "$1" ] || continue
    exec 7>>"/run/dragonfab/lxc-$name.lease"
    flock -n 7 || continue
    remove "$name"
    echo "$name"
done
