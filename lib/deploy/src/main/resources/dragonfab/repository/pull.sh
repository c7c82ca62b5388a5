# usage: NAME URL SUITE (PACKAGE VERSION SHA256 FILE)...
# Has apt bring exactly these packages from a repository to where packages are kept. Reads the key that the repository is
# signed with; no other repository is believed for it.
set -eu
umask 022
name=$1 url=$2 suite=$3
shift 3
kept="/var/lib/dragonfab/$name/packages"
cache="/var/cache/dragonfab/$name"
source="/etc/apt/sources.list.d/dragonfab-$name.sources"
keyring="/etc/apt/keyrings/dragonfab-$name.asc"

replace() {
    part="${1%/*}/.${1##*/}.part"
    cat > "$part"
    if cmp -s "$part" "$1"; then rm -f -- "$part"; else mv -f -- "$part" "$1"; fi
}
mkdir -p /etc/apt/keyrings "$cache/lists"
# shellcheck disable=SC2174
mkdir -p -m 0711 /var/lib/dragonfab "${kept%/*}"
# shellcheck disable=SC2174
mkdir -p -m 0700 "$kept"
chmod 0700 "$kept"
exec 9>>"$cache/lock"
flock -w 300 9 || { echo "another process has been pulling $name for 300 s" >&2; exit 75; }
replace "$keyring"
printf '%s\n' "Types: deb" "URIs: $url" "Suites: $suite" "Components: main" "Signed-By: $keyring" | replace "$source"

# Lists of its own: neither another apt at work nor another repository that fails is in the way.
quietly() {
    apt-get -q -o Dir::Etc::sourcelist="$source" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$cache/lists" \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Update::Error-Mode=any -o Acquire::Retries=3 \
        "$@" </dev/null >&2
}
quietly update
rm -rf -- "$cache/new"
mkdir -m 0700 "$cache/new"
chown _apt "$cache/new" 2>/dev/null || true
trap 'rm -rf -- "$cache/new"' EXIT
cd "$cache/new"
while [ $# -gt 0 ]; do
    package=$1 version=$2 sha256=$3 file=$4
    shift 4
    quietly download "$package=$version" ||
        { echo "$url has no whole $package $version in $suite" >&2; exit 1; }
    deb=$(ls -- *.deb)
    found=$(sha256sum < "$deb" | cut -d ' ' -f 1)
    [ "$found" = "$sha256" ] || { echo "$file of $url has checksum $found, not $sha256" >&2; exit 1; }
    chmod 0644 "$deb"
    (umask 077 && cp -- "$deb" "$kept/.$file.part" && chmod 0600 "$kept/.$file.part")
    mv -f -- "$kept/.$file.part" "$kept/$file"
    rm -f -- "$deb"
done
