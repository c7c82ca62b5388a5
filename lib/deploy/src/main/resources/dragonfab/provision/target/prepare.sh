# usage: PACKAGE...
# Installs those of these packages that are missing. Prints what it installed.
set -eu
export DEBIAN_FRONTEND=noninteractive
for package do
    shift
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || set -- "$@" "$package"
done
[ $# -gt 0 ] || exit 0
apt() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 --no-install-recommends "$@" >&2 </dev/null; }
apt update
apt install "$@"
echo "installed $*"
