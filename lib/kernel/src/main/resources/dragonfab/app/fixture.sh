# usage: FOLDER LINE COUNT SIZE|- NAME
# Has Django load a fixture, whole or not at all. On standard input come COUNT lines of shell assignments, and behind
# them a file of SIZE bytes, or none for a label. By the name of the file Django knows what is in it.
set -eu
folder=$1 line=$2 count=$3 size=$4 name=$5
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The shell reads no further than the line it is asked for, so what follows is left for cat.
while [ "$count" -gt 0 ]; do
    IFS= read -r each
    printf '%s\n' "$each"
    count=$((count - 1))
done > "$work/variables"
whole=yes
if [ "$size" != - ]; then
    mkdir "$work/of"
    name=$work/of/$name
    cat > "$name"
    # Where a connection breaks, what came until then may be a fixture too.
    [ "$(wc -c < "$name")" -eq "$size" ] || whole=no
fi

set -- "$whole" "$folder" "$work/variables" "$line \"\$@\"" sh loaddata "$name"
code=0
(
    [ "$1" = yes ] || { echo "the file came in part only" >&2; exit 1; }
    cd -- "$2" || { echo "there is no folder $2 here: is the application installed?" >&2; exit 1; }
    eval "$(cat -- "$3")"
    shift 3
    export PYTHONUNBUFFERED=1
    exec sh -c "$@"
) </dev/null || code=$?
# After any other end, as by a signal, nobody knows whether the transaction had come to its own.
case "$code" in
1 | 2 | 126 | 127) echo 'nothing of it was loaded' >&2 ;;
esac
exit "$code"
