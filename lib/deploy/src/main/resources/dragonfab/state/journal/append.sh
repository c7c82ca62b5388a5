# usage: STATE-FOLDER LINE
set -eu
[ -d "$1" ] || { mkdir -p -- "$1" && chmod 0755 -- "$1"; }
add_line "$1" "$2"
