# usage: NAME TEMPLATE snapshot|copy HWADDR privileged|unprivileged [RECORD]
# RECORD is for a build container: whose it is. Makes a container whole under another name first. Prints "there", or how it was made.
set -eu
name=$1 template=$2 mode=$3 hwaddr=$4 rights=$5
lxc=$(lxc-config lxc.lxcpath)
new="$name.new"

rootfs_of() { lxc-info -n "$1" -H -c lxc.rootfs.path 2>/dev/null || true; }

mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
exec 9>"/run/dragonfab/lxc-$name"
flock -w 300 9 || { echo "another process has been making $name for 300 s" >&2; exit 1; }
if [ -n "$(rootfs_of "$name")" ]; then
    echo there
    exit 0
fi
# An empty folder holds nothing of anybody's.
if [ -e "$lxc/$name" ] && ! rmdir -- "$lxc/$name" 2>/dev/null; then
    echo "$lxc/$name is there but has no root file system of its own: started, it would get this machine's" >&2
    exit 1
fi
if [ -z "$(rootfs_of "$template")" ]; then
    echo "there is no container $template to clone" >&2
    exit 3
fi
if [ "$(lxc-info -n "$template" -sH)" != STOPPED ]; then
    echo "$template is running: a template must be stopped while it is cloned" >&2
    exit 1
fi

# The list of a template's clones is edited below, which lxc-copy does too, without a lock.
exec 8>"/run/dragonfab/lxc-$template.template"
flock -w 300 8 || { echo "another process has been cloning $template for 300 s" >&2; exit 1; }
if [ -e "$lxc/$new" ]; then
    lxc-destroy -n "$new" >/dev/null 2>&1 || rm -rf -- "${lxc:?}/$new"
fi

how=copy
if [ "$mode" = snapshot ] && lxc-copy -n "$template" -N "$new" -s -B overlayfs >/dev/null 2>&1; then
    how=snapshot
else
    lxc-copy -n "$template" -N "$new"
fi
path=$(rootfs_of "$new")
[ -n "$path" ] || { echo "lxc-copy left $new without a root file system" >&2; exit 1; }

root=${path#dir:}
if [ "$how" = snapshot ]; then
    root="$lxc/$new/whole"
    work="$lxc/$new/whole.work"
    mkdir -p "$root" "$work"
    mount -t overlay overlay -o "lowerdir=${path%%:*},upperdir=${path#*:},workdir=$work" "$root"
    trap 'umount "$root"' EXIT
fi
# Whoever holds one clone could pose as all others if they shared these.
: > "$root/etc/machine-id"
rm -f "$root/var/lib/dbus/machine-id"
if [ -d "$root/etc/ssh" ]; then
    rm -f "$root"/etc/ssh/ssh_host_*
    ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f "$root/etc/ssh/ssh_host_ed25519_key"
fi
echo "$name" > "$root/etc/hostname"
printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n::1\tlocalhost ip6-localhost ip6-loopback\n' "$name" > "$root/etc/hosts"
if [ "$how" = snapshot ]; then
    umount "$root"
    trap - EXIT
    rm -rf -- "$root" "$work"
fi

sed -i -e '/^lxc\.net\.0\.hwaddr/d' -e '/^lxc\.uts\.name/d' "$lxc/$new/config"
printf 'lxc.net.0.hwaddr = %s\nlxc.uts.name = %s\n' "$hwaddr" "$name" >> "$lxc/$new/config"
if [ "$rights" = unprivileged ]; then
    for file in /etc/subuid /etc/subgid; do
        grep -q '^root:' "$file" 2>/dev/null || echo root:1000000:65536 >> "$file"
    done
    uids=$(sed -n 's/^root://p' /etc/subuid | head -n 1)
    gids=$(sed -n 's/^root://p' /etc/subgid | head -n 1)
    {
        echo 'lxc.include = /usr/share/lxc/config/userns.conf'
        echo "lxc.idmap = u 0 ${uids%%:*} ${uids##*:}"
        echo "lxc.idmap = g 0 ${gids%%:*} ${gids##*:}"
        echo 'lxc.rootfs.options = idmap=container'
        # userns.conf makes /sys writable; networkd then waits for a udev that containers do not have.
        printf 'lxc.mount.auto =\nlxc.mount.auto = cgroup:mixed proc:mixed sys:mixed\n'
    } >> "$lxc/$new/config"
fi

if [ "$how" = snapshot ]; then
    # lxc-copy cannot rename an overlay clone, so the two places that hold its name are changed here.
    sed -i "s|^\(lxc.rootfs.path = .*:$lxc/\)$new/|\1$name/|" "$lxc/$new/config"
    sed -i "s|^$new\$|$name|" "$lxc/$template/lxc_snapshots"
    mv -T -- "$lxc/$new" "$lxc/$name"
else
    lxc-copy -R -n "$new" -N "$name"
fi
[ $# -lt 6 ] || printf '%s\n' "$6" > "$lxc/$name/dragonfab-build"
echo "$how"
