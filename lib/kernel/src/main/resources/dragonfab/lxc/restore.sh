# usage: NAME SNAPSHOT
# Puts a container back to a snapshot, which stays; also one that a try before left half-way.
set -eu
name=$1 snapshot=$2
lxc=$(lxc-config lxc.lxcpath)
config="$lxc/$name/config"
kept="$lxc/$name/snaps/$snapshot"

mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
exec 9>"/run/dragonfab/lxc-$name"
flock -w 300 9 || { echo "another process has been changing $name for 300 s" >&2; exit 1; }
# Asked to restore what is not there, lxc-snapshot has been seen to destroy the container.
[ -f "$kept/config" ] || { echo "$name has no snapshot $snapshot" >&2; exit 1; }
# Restoring destroys first, and what was cut off then would be no container any more to restore.
if [ -n "$(lxc-info -n "$name" -H -c lxc.rootfs.path 2>/dev/null)" ]; then
    cp -- "$config" "$kept/config.whole"
    sync "$kept/config.whole"
else
    cp -- "$kept/config.whole" "$config"
fi
# By this, lxc takes a copy that was cut off for one that goes on.
rm -f -- "$lxc/$name/partial"
was=$(lxc-info -n "$name" -sH)
[ "$was" != RUNNING ] || lxc-stop -n "$name" -t 30
# Restoring deals a new hardware address, and with it the container would move to another address.
hwaddr=$(sed -n 's/^lxc\.net\.0\.hwaddr = //p' "$kept/config")
lxc-snapshot -n "$name" -r "$snapshot" >&2
sed -i "s/^lxc\.net\.0\.hwaddr = .*/lxc.net.0.hwaddr = $hwaddr/" "$config"
# Whoever started it may hold locks, which it would hold from then on.
if [ "$was" = RUNNING ]; then lxc-start -n "$name" </dev/null >/dev/null 2>&1 8>&- 9>&-; fi
