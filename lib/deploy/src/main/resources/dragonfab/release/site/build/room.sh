# usage: PACKAGE...
# Installs what builds a Python environment, and these Debian packages. How the network is reached is on standard input.
set -eu
export DEBIAN_FRONTEND=noninteractive
room=$(mktemp -d)
trap 'rm -rf -- "$room"' EXIT
take_network "$room"
# shellcheck source=/dev/null
. "$room/variables"
export APT_CONFIG="$room/apt.conf"
apt() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 --no-install-recommends "$@" </dev/null; }
apt update
apt install python3 python3-venv python3-dev build-essential zstd "$@"
python3 -m venv /opt/uv
# What pip itself reads of a login is a file, and so it is for those that it starts.
NETRC="$room/login" /opt/uv/bin/python -m pip install --quiet "uv==$(print_uv)"
id builder >/dev/null 2>&1 || useradd --system --create-home --home-dir /build --shell /bin/sh builder
chmod 0755 /build
