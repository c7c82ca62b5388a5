# usage: WORK FILE PYTHON [REQUIREMENT...]
# Prints a lock, each package with its checksums, of the project's FILE and these requirements. On standard input: how the
# network is reached, then the file.
set -eu
work=$1 file=$2 python=$3
shift 3
trap 'rm -f -- "$work/variables" "$work/login" "$work/apt.conf"' EXIT
take_network "$work"
mkdir -p "$work/lock"
cat > "$work/lock/$file"
cd "$work/lock"
[ $# -eq 0 ] || printf '%s\n' "$@" > more.in
set -- pip compile --quiet --generate-hashes --no-header --no-annotate --python "$python" --universal "$file"
[ ! -f more.in ] || set -- "$@" more.in
clean /opt/uv/bin/uv "$@"
