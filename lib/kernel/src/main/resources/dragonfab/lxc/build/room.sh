# usage: BASE NAME HWADDR RECORD
# Makes a throw-away clone of a build container; also of one that is an overlay clone itself.
set -eu
base=$1 name=$2 hwaddr=$3 record=$4
lxc=$(lxc-config lxc.lxcpath)
mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
exec 9>>"/run/dragonfab/lxc-$name"
flock -w 300 9 || { echo "another process has been making $name for 300 s" >&2; exit 1; }
path=$(lxc-info -n "$base" -H -c lxc.rootfs.path)
case "$path" in
*:*)
    # lxc-copy would copy the whole upper layer: some 600 MB of compilers for each build.
    mkdir -p "$lxc/$name/overlay/delta" "$lxc/$name/overlay/work" "$lxc/$name/rootfs"
    printf '%s\n' "$record" > "$lxc/$name/dragonfab-build"
    lowers="${path#*:}:${path%%:*}"
    sed -e '/^lxc\.rootfs\.path/d' -e '/^lxc\.net\.0\.hwaddr/d' -e '/^lxc\.uts\.name/d' "$lxc/$base/config" \
        > "$lxc/$name/config"
    printf 'lxc.rootfs.path = overlay:%s:%s\n' "$lowers" "$lxc/$name/overlay/delta" >> "$lxc/$name/config" ;;
*)
    lxc-copy -n "$base" -N "$name" -s -B overlayfs 2>/dev/null || lxc-copy -n "$base" -N "$name"
    sed -i -e '/^lxc\.net\.0\.hwaddr/d' -e '/^lxc\.uts\.name/d' "$lxc/$name/config"
    printf '%s\n' "$record" > "$lxc/$name/dragonfab-build" ;;
esac
printf 'lxc.net.0.hwaddr = %s\nlxc.uts.name = %s\n' "$hwaddr" "$name" >> "$lxc/$name/config"
