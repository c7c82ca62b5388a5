# usage: file-take PATH SHA256 [OLDER OPTION...]
# A file from standard input: as it is, or in rsync's words as what makes it of an older one, which is only read.
# It is whole under its name or not there.
set -eu
umask 077
path=$1 sum=$2
shift 2
room="$(dirname -- "$path")/.$(basename -- "$path").part"
# What a killed one left is worth nothing.
rm -rf -- "$room"
trap 'rm -rf -- "$room"' EXIT
mkdir -- "$room"
if [ $# -eq 0 ]; then
    cat > "$room/file"
else
    # rsync writes beside it and renames, so the older one can lend its place.
    ln -- "$1" "$room/file"
    shift
    rsync --server "$@" . "$room/file"
fi
found=$(sha256sum < "$room/file")
[ "${found%% *}" = "$sum" ] || { echo "the copy has checksum ${found%% *}, not $sum" >&2; exit 1; }
chmod 0644 -- "$room/file"
mv -f -- "$room/file" "$path"
