# usage: (none)
# Prepares this machine for containers: packages, kernel limits, the bridge. Prints a line for each change.
set -eu
# Two at once would take turns stopping the bridge that the other has just started.
mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
exec 9>>/run/dragonfab/lxc
flock -w 900 9
export DEBIAN_FRONTEND=noninteractive
missing=
for package in lxc dnsmasq-base iptables mmdebstrap rsync openssh-client uidmap; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    set -- $missing
    # Lists can be fresh enough to have the packages, or months old and point at files that are gone.
    install() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 --no-install-recommends install "$@"; }
    { apt-get -q update && install "$@"; } >&2 </dev/null 9>&-
    echo "installed$missing"
fi

limits=/etc/sysctl.d/60-dragonfab-lxc.conf
wanted='# Each systemd in a container needs some of these; the default is enough for about 18.
fs.inotify.max_user_instances = 4096
fs.inotify.max_user_watches = 1048576'
if [ "$(cat "$limits" 2>/dev/null)" != "$wanted" ]; then
    printf '%s\n' "$wanted" > "$limits"
    echo "wrote $limits"
fi
if [ "$(cat /proc/sys/fs/inotify/max_user_instances)" -lt 4096 ]; then
    sysctl -q -p "$limits"
    echo "raised the inotify limits"
fi

net=/etc/default/lxc-net
if ! grep -qs '^USE_LXC_BRIDGE="true"' "$net"; then
    echo 'USE_LXC_BRIDGE="true"' >> "$net"
    echo "wrote $net"
fi
served() { [ "$(cat "/proc/$(cat /run/lxc/dnsmasq.pid 2>/dev/null)/comm" 2>/dev/null)" = dnsmasq ]; }
if [ ! -d /sys/class/net/lxcbr0 ] || ! served; then
    # lxc-net takes these two for the truth: it would not start again, and kill whoever has the number now.
    served || rm -f /run/lxc/network_up /run/lxc/dnsmasq.pid
    if [ -d /run/systemd/system ]; then
        systemctl enable --now lxc-net >&2
        systemctl restart lxc-net >&2
    else
        starter=$(find /usr/libexec/lxc /usr/lib -name lxc-net -type f 2>/dev/null | head -n 1)
        # Left running without systemd it would keep our streams, and whoever reads them would wait for ever.
        "$starter" start >/dev/null 2>&1 </dev/null 9>&-
    fi
    echo "started the bridge lxcbr0"
fi
[ -d /sys/class/net/lxcbr0 ] || { echo "the bridge lxcbr0 did not come up: see /etc/default/lxc-net" >&2; exit 1; }
served || { echo "nothing hands out addresses on lxcbr0: see /etc/default/lxc-net" >&2; exit 1; }
