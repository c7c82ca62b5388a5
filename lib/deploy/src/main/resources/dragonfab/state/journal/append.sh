# usage: STATE-FOLDER LINE
set -eu
# shellcheck disable=SC2174
[ -d "$1" ] || mkdir -p -m 0711 -- "${1%/*}" "$1"
add_line "$1" "$2"
