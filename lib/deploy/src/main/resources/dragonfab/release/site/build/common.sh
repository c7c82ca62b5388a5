# Stands before each script that makes a package. What the caller has on its PATH is not what a package is built with.
clean() {
    # shellcheck disable=SC2016
    env -i HOME=/build PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TZ=UTC PYTHONHASHSEED=0 \
        UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 UV_LINK_MODE=copy \
        sh -c '. "$1" && shift && exec "$@"' sh "$work/variables" "$@"
}
# Bytecode that is never compared with the times of files, for packages give files one time.
compile() {
    clean "$1" -m compileall -q --invalidation-mode unchecked-hash "$2" >/dev/null || true
}
# Packs FOLDER, a copy of a root with DEBIAN/control in it, and prints a line for it, tab separated: file, name, version,
# architecture, sha256. usage: pack FOLDER EPOCH
pack() {
    chmod -R u=rwX,go=rX "$1"
    (
        cd "$1" || exit
        printf 'Installed-Size: %s\n' "$(du -k -s --apparent-size --exclude=./DEBIAN . | cut -f 1)" >> DEBIAN/control
        find . -path ./DEBIAN -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 -r md5sum | sed 's| \./| |' > DEBIAN/md5sums
        find . -print0 | xargs -0 touch -h -d "@$2"
    )
    control=$1/DEBIAN/control
    field() { sed -n "s/^$1: //p" "$control"; }
    deb=$(field Package)_$(field Version)_$(field Architecture).deb
    SOURCE_DATE_EPOCH=$2 dpkg-deb --root-owner-group -Z"$compression" -z3 --build "$1" "$work/$deb" >/dev/null
    printf '%s\t%s\t%s\t%s\t%s\n' "$deb" "$(field Package)" "$(field Version)" "$(field Architecture)" \
        "$(sha256sum < "$work/$deb" | cut -d ' ' -f 1)"
}
# An older dpkg cannot read zstd, and what is built here is for machines like this one.
compression=zstd
dpkg --compare-versions "$(dpkg-query -W -f '${Version}' dpkg)" ge 1.21.18 || compression=gzip
