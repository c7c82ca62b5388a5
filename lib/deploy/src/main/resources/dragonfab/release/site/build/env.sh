# usage: WORK TARGET EPOCH
# Makes a Python environment at TARGET, its final path, of the lock on standard input, behind how the network is reached
# and the package's control file, which ends with a line "."
set -eu
work=$1 target=$2 epoch=$3
trap 'rm -f -- "$work/variables" "$work/login" "$work/apt.conf"' EXIT
take_network "$work"
root=$work/env
mkdir -p "$root/DEBIAN" "$root$target"
python=$(/usr/bin/python3 -c 'import sys; print("python3 (>= %d.%d), python3 (<< %d.%d)" % (
    sys.version_info[:2] + (sys.version_info[0], sys.version_info[1] + 1)))')
while IFS= read -r line && [ "$line" != . ]; do
    printf '%s\n' "$line"
done | sed "s/PYTHON/$python/" > "$root/DEBIAN/control"
cat > "$work/requirements.lock"
uv() { clean /opt/uv/bin/uv "$@" >&2 </dev/null; }
uv venv --quiet --no-project --python /usr/bin/python3 --clear "$target"
# An empty lock is one, too.
uv pip sync --quiet --require-hashes --allow-empty-requirements --python "$target/bin/python" "$work/requirements.lock"
rm -f "$target"/bin/activate* "$target"/bin/deactivate* "$target/.lock" "$target/.gitignore" "$target/CACHEDIR.TAG"
find "$target" -name '*.pyc' -delete
compile "$target/bin/python" "$target/lib"
cp -a "$target/." "$root$target/"
cp "$work/requirements.lock" "$root$target/requirements.lock"
pack "$root" "$epoch"
