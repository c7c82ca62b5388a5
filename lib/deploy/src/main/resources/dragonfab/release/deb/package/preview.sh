# usage: RECOMMENDS NAME... -- CONFFILE...
# Prints what the installation of these packages would meet and touch here, as "key value" lines. Reads the control
# files of the new packages, an empty line between them: of each, an empty package is made for apt to try. Nothing stays.
# The first NAME is the site's.
set -eu
umask 022
recommends=$1 names=
site=$2
shift
while [ "$1" != -- ]; do
    names="$names $1"
    shift
done
shift

here() {
    folder=$1
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    echo "$folder"
}
checksum() { if [ -f "$1" ]; then md5sum < "$1" | cut -d ' ' -f 1; else echo gone; fi; }

for folder in /usr /var/lib/dragonfab /var/cache/apt; do
    df -Pk "$(here "$folder")" | awk -v folder="$folder" 'NR == 2 { print "free", folder, $6, $4 }'
done
[ ! -e /run/reboot-required ] || echo "reboot yes"
[ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mmin -1440 2>/dev/null | head -n 1)" ] ||
    echo "lists fresh"
if [ -d /run/systemd/system ]; then
    systemctl list-units --type=service,socket,timer --state=active,activating,reloading --plain --no-legend --full |
        awk '{ print "active", $1 }'
fi
for file do
    echo "disk $(checksum "$file") $file"
done

for name in $names; do
    state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null) || continue
    case "$state" in ?n*) continue ;; esac
    echo "package $name"
    case "$state" in ?i*) dpkg-query -W -f 'version ${Version}\nsize ${Installed-Size}\n' "$name" ;; esac
    dpkg-query -W -f '${Conffiles}\n' "$name" |
        sed -nE -e 's/^ (.*) ([0-9a-f]{32}|newconffile) .*obsolete.*$/obsolete \2 \1/p' -e t \
            -e 's/^ (.*) ([0-9a-f]{32}|newconffile)( .*)?$/conffile \2 \1/p' |
        while read -r kind sum file; do
            echo "$kind $sum $file"
            echo "disk $(checksum "$file") $file"
        done
    edited "$site" "$name" | sed 's/^/edited /'
    overrides "$name" | sed 's/^/override /'
    dpkg-query --control-path "$name" 2>/dev/null | while read -r path; do
        case "$path" in
        *.md5sums) sed -n 's/^\([0-9a-f]*\)  /file \1 \//p' "$path" ;;
        *.preinst | *.postinst | *.prerm | *.postrm | *.config | *.templates)
            echo "script $(checksum "$path") ${path##*.}"
            ;;
        esac
    done
done

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"
awk 'BEGIN { RS = "" } { file = NR ".control"; print > file; close(file) }'
set --
for control in *.control; do
    [ -f "$control" ] || exit 0
    mkdir -p "$control.d/DEBIAN"
    mv "$control" "$control.d/DEBIAN/control"
    dpkg-deb -Znone -b "$control.d" "$control.deb" >/dev/null 2>said || { sed 's/^/apt /' said; echo "code 2"; exit 0; }
    set -- "$@" "./$control.deb"
done
[ "$recommends" = true ] || set -- --no-install-recommends "$@"
export LC_ALL=C
caches='-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache='
pin=$(suite_pin "$site" "$work/preferences")
code=0
# shellcheck disable=SC2086
apt-get -s -q $caches $pin --allow-downgrades install "$@" > said 2>&1 </dev/null || code=$?
sed 's/^/apt /' said
echo "code $code"
others=$(sed -nE '/ local-deb \[/d; s/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+) .*/\1=\3/p' said)
if [ -n "$others" ]; then
    # shellcheck disable=SC2086
    apt-cache $caches show --no-all-versions $others 2>/dev/null |
        awk '/^Installed-Size:/ { size += $2 } /^Size:/ { load += $2 } END { print "others", size + 0, int(load / 1024) }'
fi
