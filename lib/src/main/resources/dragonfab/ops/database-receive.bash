# usage: FOLDER RUN zstd|gzip
# Takes an archive from standard input, and prints the checksum of what came. What killed runs left goes.
set -o pipefail
folder=$1 run=$2 compression=$3
lock "$folder"
find "$folder" -maxdepth 1 -type f -name '*.archive' -delete

unpack=(cat)
[ "$compression" != zstd ] || unpack=(zstd -q -dc)
exec 5> >(sha256sum | sed 's/ .*//; s/^/sha256 /')
sum=$!
trap '[ -n "${whole:-}" ] || rm -f -- "$folder/$run.archive"' EXIT
tee /dev/fd/5 | "${unpack[@]}" > "$folder/$run.archive"
whole=yes
exec 5>&-
wait "$sum"
