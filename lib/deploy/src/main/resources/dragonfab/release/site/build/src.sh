# usage: WORK TARGET PYTHON EPOCH
# Packs the sources on standard input, a tar archive behind the package's control file, which ends with a line "."
set -eu
work=$1 target=$2 python=$3 epoch=$4
: > "$work/variables"
root=$work/src
mkdir -p "$root/DEBIAN" "$root$target"
while IFS= read -r line && [ "$line" != . ]; do
    printf '%s\n' "$line"
done > "$root/DEBIAN/control"
tar -x --no-same-owner -C "$target"
rm -f "$target/.dragonfab-times"
find "$target" -name '*.pyc' -delete
compile "$python" "$target"
cp -a "$target/." "$root$target/"
pack "$root" "$epoch"
