# usage: NAME SNAPSHOT
# Puts a container back to a snapshot, which stays.
set -eu
name=$1 snapshot=$2
# Asked to restore what is not there, lxc-snapshot has been seen to destroy the container.
lxc-snapshot -n "$name" -L | sed 's| (/.*||' | grep -qxF -- "$snapshot" ||
    { echo "$name has no snapshot $snapshot" >&2; exit 1; }
was=$(lxc-info -n "$name" -sH)
[ "$was" != RUNNING ] || lxc-stop -n "$name" -t 30
# Restoring deals a new hardware address, and with it the container would move to another address.
hwaddr=$(lxc-info -n "$name" -H -c lxc.net.0.hwaddr)
lxc-snapshot -n "$name" -r "$snapshot" >&2
sed -i "s/^lxc\.net\.0\.hwaddr = .*/lxc.net.0.hwaddr = $hwaddr/" "$(lxc-config lxc.lxcpath)/$name/config"
if [ "$was" = RUNNING ]; then lxc-start -n "$name" </dev/null >/dev/null 2>&1; fi
