# usage: NAME SECONDS
# Starts a container that is stopped and waits until it has booted and has an address.
# Prints "started" or "running", then the address, then failed units, a line each.
set -eu
uptime() { cut -d . -f 1 /proc/uptime; }
name=$1 deadline=$(($(uptime) + $2))

if [ -z "$(lxc-info -n "$name" -H -c lxc.rootfs.path 2>/dev/null)" ]; then
    echo "$name has no root file system of its own: started, it would get this machine's" >&2
    exit 1
fi
mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
exec 9>"/run/dragonfab/lxc-$name"
flock -w "$2" 9 || { echo "another process has been starting $name for $2 s" >&2; exit 1; }
how=running
case "$(lxc-info -n "$name" -sH)" in
FROZEN)
    echo "$name is frozen: lxc-unfreeze -n $name" >&2
    exit 1 ;;
STOPPED)
    how=started
    log=$(mktemp)
    # The monitor would hold our output open, and whoever reads it would wait for the container's end.
    if ! lxc-start -n "$name" -l ERROR -o "$log" </dev/null >/dev/null 2>&1 8>&- 9>&-; then
        echo "$name does not start:" >&2
        sed 's/^.* - //' "$log" >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log" ;;
esac

inside() { lxc-attach -n "$name" --clear-env -v PATH=/usr/sbin:/usr/bin:/sbin:/bin -- "$@" 2>/dev/null </dev/null; }

state=unknown address=
while :; do
    # By what init is: a container of another keeps systemd's commands, and says "offline" for ever.
    case "$(inside readlink -f /sbin/init)" in
    */systemd) state=$(inside systemctl is-system-running || true) ;;
    *) state=running ;;
    esac
    address=$(lxc-info -n "$name" -iH | grep -m 1 -F . || true)
    case "$state" in
    running | degraded) [ -z "$address" ] || break ;;
    esac
    if [ "$(lxc-info -n "$name" -sH)" = STOPPED ]; then
        echo "$name stopped while it booted" >&2
        exit 1
    fi
    if [ "$(uptime)" -ge "$deadline" ]; then
        if [ -z "$address" ]; then
            echo "$name has got no address in $2 s: is the bridge's DHCP server running? dragonfab init starts it" >&2
        else
            echo "$name has not booted in $2 s (state: ${state:-unknown})" >&2
            inside systemctl list-jobs --no-legend >&2 || true
        fi
        exit 1
    fi
    sleep 0.1
done
echo "$how"
echo "$address"
[ "$state" = running ] || inside systemctl --failed --no-legend --plain | cut -d' ' -f1
