# usage: PATH SUITE KEEP FROM COMMIT (SHA256 FILE)...
# Puts packages into a suite: those of the suite FROM, or, where that is empty, those that lie in .incoming or in the pool.
# The first is the package itself, the others are its companions. Of each name the newest KEEP stay. The suite is a link
# to a folder that is whole and signed before the link is renamed: at any moment all of it is old, or all of it is new.
# Stands behind repository-key.
set -eu
umask 022
export LC_ALL=C
path=$1 suite=$2 keep=$3 from=$4 commit=$5
shift 5
exec 9>>"$state/lock"
flock -w 300 9 || { echo "another process has been at work on the repository for 300 s" >&2; exit 75; }
# A client that has just read the index of so many publishes ago still finds all that is named in it.
behind=5
home="$path/.suites/$suite"
work="$path/.work"
rm -rf -- "$work" "$home/new"
trap 'rm -rf -- "$work" "$home/new" "$path/.key.new"; gpgconf --kill all' EXIT
show_key "$path"
mkdir -m 0700 "$work"
mkdir -p "$home/new" "$path/dists"

sum() { sha256sum < "$1" | cut -d ' ' -f 1; }
# What a package says of itself, and where it lies.
paragraph() {
    sha256=$1 file=$2 with=$3
    set -- "$path"/pool/main/*/*/"$file"
    if [ -f "$1" ]; then
        [ "$(sum "$1")" = "$sha256" ] || { echo "$file was published before, with other bytes" >&2; exit 3; }
        lies=${1#"$path/"}
    else
        deb="$path/.incoming/$file"
        [ "$(sum "$deb")" = "$sha256" ] || { echo "$file is not what was sent" >&2; exit 1; }
        name=$(dpkg-deb -f "$deb" Package)
        lies="pool/main/$(printf %.1s "$name")/$name/$file"
        mkdir -p "$path/${lies%/*}"
        chmod 0644 -- "$deb"
        mv -- "$deb" "$path/$lies"
    fi
    dpkg-deb -f "$path/$lies"
    printf '%s\n' "Filename: $lies" "Size: $(stat -c %s "$path/$lies")" "SHA256: $sha256" "Dragonfab-Published: $now"
    [ -z "$commit" ] || echo "Dragonfab-Commit: $commit"
    [ -z "$with" ] || echo "Dragonfab-With: $with"
    echo
}
taken() {
    cat "$path/dists/$from"/main/binary-*/Packages | awk -v sum="$1" -v now="$now" '
        BEGIN { RS = ""; ORS = "\n\n" }
        index($0 "\n", "\nSHA256: " sum "\n") && !found++ {
            sub(/\nDragonfab-Published: [0-9]*/, "\nDragonfab-Published: " now)
            print
        }
        END { exit !found }' || { echo "the suite $from has no $2" >&2; exit 1; }
}
now=$(date +%s)
with=
i=0
for word do
    i=$((i + 1))
    [ "$i" -lt 4 ] || [ $((i % 2)) = 1 ] || with="$with${with:+, }$word"
done
while [ $# -gt 0 ]; do
    if [ -n "$from" ]; then taken "$1" "$2"; else paragraph "$1" "$2" "$with"; fi >> "$work/added"
    with=
    shift 2
done

cd "$home"
for arch in $(
    echo all amd64 arm64 "$(dpkg --print-architecture)"
    sed -n 's/^Architecture: //p' "$work/added"
    [ ! -d "$path/dists/$suite" ] || sed -n 's/^Architectures: //p' "$path/dists/$suite/Release"
); do
    folder="new/main/binary-$arch"
    [ ! -d "$folder" ] || continue
    mkdir -p "$folder"
    {
        cat "$path/dists/$suite/main/binary-$arch/Packages" 2>/dev/null || true
        awk -v arch="$arch" 'BEGIN { RS = ""; ORS = "\n\n" } index($0 "\n", "\nArchitecture: " arch "\n")' "$work/added"
    } | awk -v keep="$keep" -v now="$now" '
        BEGIN { RS = ""; ORS = "\n\n" }
        function field(key) {
            match("\n" $0, "\n" key ": [^\n]*")
            return substr("\n" $0, RSTART, RLENGTH)
        }
        {
            # A clock that was ahead has told a time that no index would have reached.
            published = field("Dragonfab-Published")
            sub(/.* /, "", published)
            if (published > now + 0) sub(/\nDragonfab-Published: [0-9]*/, "\nDragonfab-Published: " now)
            file = field("Filename")
            if (file in last) {
                all[name[last[file]]]--
                delete text[last[file]]
            }
            last[file] = NR
            name[NR] = field("Package")
            text[NR] = $0
            all[name[NR]]++
        }
        END {
            for (i = 1; i <= NR; i++) if (i in text && ++seen[name[i]] > all[name[i]] - keep) print text[i]
        }' > "$folder/Packages"
    gzip -9nk "$folder/Packages"
done

# shellcheck disable=SC2010
for generation in new $(ls | grep -x '[0-9]*' | sort -rn | head -n "$behind"); do
    for index in "$generation"/main/binary-*/Packages*; do
        folder="new${index#"$generation"}"
        folder="${folder%/*}/by-hash/SHA256"
        mkdir -p "$folder"
        ln -f -- "$index" "$folder/$(sum "$index")"
    done
done
cd new
{
    # shellcheck disable=SC2012
    printf '%s\n' "Origin: dragonfab" "Label: dragonfab" "Suite: $suite" "Codename: $suite" \
        "Date: $(date -u '+%a, %d %b %Y %H:%M:%S UTC')" \
        "Architectures: $(ls -d main/binary-* | sed 's/.*binary-//' | tr '\n' ' ' | sed 's/ $//')" \
        "Components: main" "NotAutomatic: yes" "Acquire-By-Hash: yes" "SHA256:"
    for index in main/binary-*/Packages*; do
        echo " $(sum "$index") $(stat -c %s "$index") $index"
    done
} > Release
gpg --batch --quiet --yes --digest-algo SHA512 --clearsign -o InRelease Release
gpg --batch --quiet --yes --digest-algo SHA512 --armor --detach-sign -o Release.gpg Release
cp -- "$path/key.asc" .
cd ..

# Whoever asks whether the index is newer than a second ago has to be told that it is.
[ "$(stat -L -c %Y "$path/dists/$suite/InRelease" 2>/dev/null)" != "$(stat -c %Y new/InRelease)" ] ||
    { sleep 1; touch new/InRelease new/Release new/Release.gpg; }
# shellcheck disable=SC2010
number=$(($(ls | grep -x '[0-9]*' | sort -n | tail -n 1) + 1))
mv -- new "$number"
sync -f "$number"
ln -sfn "../.suites/$suite/$number" "$path/dists/.$suite.new"
mv -fT -- "$path/dists/.$suite.new" "$path/dists/$suite"

# shellcheck disable=SC2010
for old in $(ls | grep -x '[0-9]*' | sort -rn | tail -n +$((behind + 2))); do
    rm -rf -- "$old"
done
cd "$path"
find .incoming -type f -mtime +1 -delete
sed -n 's/^Filename: //p' .suites/*/[0-9]*/main/binary-*/Packages | sort -u > "$work/named"
find pool -type f | sort | comm -23 - "$work/named" | while read -r unnamed; do
    rm -f -- "$unnamed"
done
