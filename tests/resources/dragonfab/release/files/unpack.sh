# usage: NAME FOLDER TAR CHECKSUM ARTIFACT VERSION
# Makes the directory that nothing runs from that of a release. Its mark goes first and comes last, so that what power
# or a full disk cuts off is known to be half.
set -eu
umask 022
root=/srv/$1 folder=/srv/$1/$2 tar=$3
[ "$(readlink "$root/current" || true)" != "$2" ] || { echo "the link is at $2" >&2; exit 1; }
if [ -e "$folder/.release" ]; then
    rm -f -- "$folder/.release"
    sync "$folder"
fi
rm -rf -- "$folder"
trap 'rm -rf -- "$folder"' EXIT
mkdir -p -- "$folder"
chmod 0755 -- "$root"
tar -xf "$tar" --no-same-owner -C "$folder"
cd "$folder"
# shellcheck disable=SC2094
find . -type f ! -name .sums -exec sha256sum -- {} + > .sums
sync -f .
printf '%s\n' "$4 $5 $6" > .release.new
sync .release.new
mv -f -- .release.new .release
sync .
trap - EXIT
rm -rf -- "$root/incoming"
