# usage: NAME VERSION RECOMMENDS|"" CHECKSUM NAME FILE|"" ...
# Installs the packages of a release beside the one that serves, which they do not touch: those that came as a file; the
# others are here. The first is the site's.
set -eu
name_site "$1"
version=$2 recommends=$3
shift 3
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 DRAGONFAB_DEPLOY=1
quietly() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null; }
artifacts=
left=$#
while [ "$left" -gt 0 ]; do
    artifacts="$artifacts$1 $2
"
    file=$3
    shift 3
    left=$((left - 3))
    [ -z "$file" ] || set -- "$@" "$file"
done
files=$#
[ -z "$recommends" ] || set -- "$recommends" "$@"
fresh_lists --allow-downgrades "$@"
quietly -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold --no-remove --allow-downgrades install "$@"
[ $# -eq "$files" ] || shift
[ -f "$folder/releases/$version/release" ] || { echo "the package has no release $version" >&2; exit 1; }
mkdir -p "$folder/artifacts"
printf %s "$artifacts" > "$folder/artifacts/$version.new"
mv "$folder/artifacts/$version.new" "$folder/artifacts/$version"
sync "$folder/artifacts" "$folder/releases"
rm -f -- "$@"
