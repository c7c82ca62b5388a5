# usage: NAME SUITE [MIRROR...]
# Builds the template container, stopped; an empty SUITE and no MIRROR mean the host's. Prints "there" or "built".
set -eu
name=$1 suite=$2
shift 2
lxc=$(lxc-config lxc.lxcpath)
new="$lxc/$name.new"

mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
exec 9>"/run/dragonfab/lxc-$name"
flock -w 900 9 || { echo "another process has been building $name for 900 s" >&2; exit 1; }
if [ -n "$(lxc-info -n "$name" -H -c lxc.rootfs.path 2>/dev/null)" ]; then
    echo there
    exit 0
fi
rm -rf -- "$new"
mkdir -p "$new"
trap 'rm -rf -- "$new"' EXIT

. /etc/os-release
suite=${suite:-${VERSION_CODENAME:?this machine does not say which suite it runs}}
write_sources "$new/sources" "$suite" "$@"
require_keyrings "$new/sources"

# Quiet, it would keep to itself what apt complained about.
mmdebstrap --variant=minbase --include=systemd,systemd-sysv,dbus,openssh-server,sudo,rsync,python3 \
    --include=iproute2,ca-certificates,curl,zstd,adduser,debconf-utils,apt-utils \
    --aptopt='Acquire::Languages "none"' "$suite" "$new/rootfs" "$new/sources" > "$new/log" 2>&1 </dev/null || {
    code=$?
    grep -E '^ *(E|W|Err)[: ]' "$new/log" | sort -u | tail -n 15 >&2
    exit "$code"
}

bring_keyrings "$new/sources" "$new/rootfs"
rm -f -- "$new/sources" "$new/log"

bridge=$(ip -4 -o address show lxcbr0 | sed -nE 's|.* inet ([0-9.]+)/.*|\1|p' | head -n 1)
root="$new/rootfs"
mkdir -p "$root/etc/systemd/network"
# By hardware address, which follows the container's name: made again, it gets its old address back.
printf '[Match]\nName=eth0\n\n[Network]\nDHCP=ipv4\n\n[DHCPv4]\nClientIdentifier=mac\n' \
    > "$root/etc/systemd/network/80-eth0.network"
rm -f "$root/etc/resolv.conf"
echo "nameserver ${bridge:?lxcbr0 has no address}" > "$root/etc/resolv.conf"
chroot "$root" systemctl --quiet enable systemd-networkd ssh >&2
# It waits for every interface, and ours is waited for from outside.
chroot "$root" systemctl --quiet mask systemd-networkd-wait-online.service >&2
: > "$root/etc/machine-id"
rm -f "$root"/etc/ssh/ssh_host_* "$root"/var/lib/dbus/machine-id
printf 'LANG=C.UTF-8\n' > "$root/etc/default/locale"

{
    echo 'lxc.include = /usr/share/lxc/config/common.conf'
    echo 'lxc.arch = linux64'
    echo "lxc.uts.name = $name"
    echo 'lxc.net.0.type = veth'
    echo 'lxc.net.0.link = lxcbr0'
    echo 'lxc.net.0.flags = up'
    grep -s '^lxc\.apparmor\.' /etc/lxc/default.conf || true
    echo "lxc.rootfs.path = dir:$lxc/$name/rootfs"
} > "$new/config"
rm -rf -- "${lxc:?}/$name"
mv -T -- "$new" "$lxc/$name"
trap - EXIT
echo built
