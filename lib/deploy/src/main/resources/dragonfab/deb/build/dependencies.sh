# usage: WHEEL
# Installs what the package on standard input (its debian/control, behind how the network is reached) needs to be built.
set -eu
export DEBIAN_FRONTEND=noninteractive
room=$(mktemp -d)
trap 'rm -rf -- "$room"' EXIT
mkdir -p "$room/debian"
take_network "$room"
cat > "$room/debian/control"
# shellcheck source=/dev/null
. "$room/variables"
export APT_CONFIG="$room/apt.conf"
apt() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 --no-install-recommends "$@" </dev/null; }
apt update
apt install build-essential fakeroot dpkg-dev lintian
if [ "$1" = true ]; then
    apt install python3-pip python3-wheel python3-setuptools python3-dev
fi
cd "$room"
apt build-dep ./
id builder >/dev/null 2>&1 || useradd --system --create-home --home-dir /build --shell /bin/sh builder
chmod 0755 /build
