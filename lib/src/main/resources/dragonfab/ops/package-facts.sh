# usage: NAME
# Prints what a deploy has to know of this machine, as "key value" lines.
set -eu
name=$1 state="/var/lib/dragonfab/$1"
echo "architecture $(dpkg --print-architecture)"
echo "installed $(dpkg-query -W -f '${db:Status-Abbrev}|${Version}' "$name" 2>/dev/null || true)"
echo "answers $(cat "$state/answers" 2>/dev/null || true)"
! command -v rsync >/dev/null || echo "rsync yes"
# What dpkg could not merge into its status is nothing to its audit, and all to apt.
[ -z "$(dpkg --audit 2>/dev/null; ls /var/lib/dpkg/updates 2>/dev/null)" ] || echo "unfinished yes"
[ ! -f "$state/way-back/armed" ] || echo "armed $(cat "$state/way-back/armed")"
[ ! -f "$state/maintenance.on" ] || echo "closed yes"
if [ -d "$state/packages" ]; then
    find "$state/packages" -name '*.deb' -exec sha256sum -- {} + | while read -r sum file; do
        echo "kept $sum ${file##*/}"
    done
fi
if [ -f "$state/journal" ]; then
    sed 's/^/journal /' "$state/journal"
fi
