# usage: FILE|- FOLDER LINE [ARGUMENT...]
# Runs a command line in the application's folder. Its variables are shell assignments in a file, which is taken
# away, or on standard input.
set -eu
file=$1 folder=$2 line=$3
shift 3
cd -- "$folder" || { echo "there is no folder $folder here: is the application installed?" >&2; exit 1; }
# Python keeps its words back when nobody's terminal is there.
export PYTHONUNBUFFERED=1
if [ "$file" = - ]; then
    eval "$(cat)"
else
    variables=$(cat -- "$file")
    rm -f -- "$file"
    eval "$variables"
fi
if [ $# -gt 0 ]; then line="$line \"\$@\""; fi
exec sh -c "$line" sh "$@"
