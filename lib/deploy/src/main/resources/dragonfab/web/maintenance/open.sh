# usage: NAME nginx|apache|caddy
# Opens the site.
set -eu
name=$1 server=$2
state="/var/lib/dragonfab/$name"
[ -d "$state" ] || exit 0
lock_switch "$name"
rm -f -- "$state/maintenance.on"
sync "$state"
forget_flag "$server" "$name"
