# usage: NAME WAIT SILENCE
# Takes the lease of a build container, for WAIT seconds at most, prints "held", and holds it for whoever feeds it a byte now
# and then. When the input ends, or nothing came for SILENCE seconds, the container is removed, unless it is complete.
# print_expire prints the script that lies beside this one.
set -eu
name=$1 wait=$2 silence=$3
mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
lock="/run/dragonfab/lxc-$name.lease"
exec 7>>"$lock"
flock -w "$wait" 7 || { echo "another build has been making $name for $wait s" >&2; exit 1; }
# Neither our children nor of our environment: by these a command that is given up is found and ended.
setsid -f env -i PATH="$PATH" sh -c "$(print_expire)" expire "$name" "$lock" </dev/null >/dev/null 2>&1 7>&-
echo held
while read -r -t "$silence" -n 1; do :; done
