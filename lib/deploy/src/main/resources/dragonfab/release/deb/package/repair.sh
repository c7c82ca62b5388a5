# usage: NAME [FILE]
# Finishes what an interrupted dpkg left, which would make apt refuse. The package itself becomes that of FILE; others
# that were half unpacked are unpacked again from what is kept, and what waits for configuration gets it.
set -eu
name=$1 state="/var/lib/dragonfab/$1"
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
quietly() { dpkg --force-confdef --force-confold "$@" </dev/null || true; }
if [ $# -gt 1 ]; then
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null || true)" = "ii " ] || quietly -i "$2"
fi
dpkg-query -W -f '${db:Status-Eflag}|${Package}\n' | sed -n 's/^reinstreq|//p' | while read -r broken; do
    for deb in "$state/packages/${broken}_"*.deb; do
        [ ! -f "$deb" ] || quietly -i "$deb"
    done
done
quietly --configure -a
