# usage: NAME
# After the first release of all has failed: it serves no more, and its packages go; data and database stay.
set -eu
name_site "$1"
export DEBIAN_FRONTEND=noninteractive
dpkg --purge "$name" </dev/null || true
for list in /var/lib/dpkg/info/"$software"-env-*.list /var/lib/dpkg/info/"$software"-src-*.list; do
    [ -f "$list" ] || continue
    package=${list##*/}
    dpkg --purge "${package%.list}" </dev/null || true
done
