# usage: NAME nginx|apache|caddy FOLDER
# Leaves the site open or closed as the copies in the folder have it.
set -eu
umask 022
name=$1 server=$2 from=$3
state="/var/lib/dragonfab/$name"
lock_switch "$name"
if [ -f "$from/maintenance.on" ]; then
    mkdir -p "$state/web"
    cp -- "$from/maintenance.html" "$from/maintenance.json" "$state/web/"
    cp -- "$from/maintenance.on" "$state/maintenance.on.new"
    mv -f -- "$state/maintenance.on.new" "$state/maintenance.on"
else
    rm -f -- "$state/maintenance.on"
fi
sync "$state"
forget_flag "$server" "$name"
