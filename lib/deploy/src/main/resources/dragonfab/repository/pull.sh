# usage: NAME URL SUITE PUBLISHED (PACKAGE VERSION SHA256 FILE)...
# Has apt bring exactly these packages from a repository to where packages are kept. Stands behind repository-sources.
# Reads the key that the repository is signed with. PUBLISHED is when the newest of them was published, in seconds: an
# index from before, or one whose time is over, is nothing to install from, and all that is printed is "stale" and why;
# "early" and why, where its time is still to come.
set -eu
umask 022
name=$1 url=$2 suite=$3 published=$4
shift 4
kept="/var/lib/dragonfab/$name/packages"
cache="/var/cache/dragonfab/$name"
source="$cache/apt.sources" keyring="$cache/key.asc"

mkdir -p "$cache/lists"
# shellcheck disable=SC2174
mkdir -p -m 0711 /var/lib/dragonfab "${kept%/*}"
# shellcheck disable=SC2174
mkdir -p -m 0700 "$kept"
chmod 0700 "$kept"
exec 9>>"$cache/lock"
flock -w 300 9 || { echo "another process has been pulling $name for 300 s" >&2; exit 75; }
replace "$keyring"
source_text "$url" "$suite" "$keyring" | replace "$source"

# A source and lists of its own: neither another apt at work nor another repository that fails is in the way, and nothing
# is left of it where the deploy goes no further.
quietly() {
    LC_ALL=C apt-get -q -o Dir::Etc::sourcelist="$source" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$cache/lists" \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Update::Error-Mode=any -o Acquire::Retries=3 \
        "$@" </dev/null >&2
}
said=$(quietly update 2>&1) || {
    printf '%s\n' "$said" >&2
    why=$(printf '%s\n' "$said" | sed -nE -e 's/^E: (Release file for .* is expired.*)$/stale \1/p' \
        -e 's/^E: (Release file for .* is not valid yet.*)$/early \1/p' | head -n 1)
    [ -n "$why" ] || exit 1
    echo "$why"
    exit 0
}
for index in "$cache"/lists/*_InRelease; do
    [ -f "$index" ] || continue
    date=$(sed -n '/^-----BEGIN PGP SIGNATURE/q; s/^Date: //p' "$index" | head -n 1)
    if [ "$(date -d "$date" +%s)" -lt "$published" ]; then
        echo "stale the index is of $date, and what is wanted was published later"
        exit 0
    fi
done
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
