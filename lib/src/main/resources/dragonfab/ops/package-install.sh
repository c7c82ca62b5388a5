# usage: NAME VERSION keep|new RECOMMENDS FILE...
# Installs exactly this version and then asks dpkg, since apt says 0 also where it did nothing.
set -eu
name=$1 version=$2 conffiles=$3 recommends=$4
shift 4
state="/var/lib/dragonfab/$name"

installed() { dpkg-query -W -f '${db:Status-Abbrev}|${Version}' "$name" 2>/dev/null || true; }
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
quietly() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null; }

exec 9>"$state/lock"
flock -w 300 9 || { echo "another deploy of $name holds $state/lock" >&2; exit 1; }

# What an interrupted run left behind would make apt refuse: unpacked halves first, then what waits for configuration.
dpkg-query -W -f '${db:Status-Eflag}|${Package}\n' | sed -n 's/^reinstreq|//p' | while read -r broken; do
    for deb in "$state/packages/${broken}_"*.deb; do
        if [ -f "$deb" ]; then dpkg -i "$deb" </dev/null || true; fi
    done
done
[ -z "$(dpkg --audit)" ] || dpkg --configure -a </dev/null || true

# Without this path apt compares times in whole seconds and can take a package for installed that is not.
set -- -o Dir::Cache::pkgcache= --no-remove --allow-downgrades "$@"
case "$conffiles" in
new) set -- -o Dpkg::Options::=--force-confnew "$@" ;;
*) set -- -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" ;;
esac
[ "$recommends" = true ] || set -- --no-install-recommends "$@"
[ "$(installed)" != "ii |$version" ] || set -- --reinstall "$@"

fresh=$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mmin -1440 2>/dev/null | head -n 1)
if [ -z "$fresh" ] || ! quietly -s install "$@" >/dev/null 2>&1; then
    # lists/lock is the one lock that apt does not wait for.
    for attempt in 1 2 3 4 5 6; do
        if quietly update; then break; fi
        [ "$attempt" -lt 6 ] || exit 1
        sleep 5
    done
fi

if [ -d /run/systemd/system ]; then
    # A unit of its own goes on when our connection ends; dpkg stopped half-way is what nobody wants.
    systemd-run --quiet --wait --pipe --collect --unit="dragonfab-install-$name" \
        -E DEBIAN_FRONTEND=noninteractive -E NEEDRESTART_SUSPEND=1 -E LC_ALL=C.UTF-8 \
        apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 install "$@" </dev/null
else
    quietly install "$@"
fi
found=$(installed)
[ "$found" = "ii |$version" ] || { echo "apt said it was done, but dpkg says: ${found:-not installed}" >&2; exit 1; }
