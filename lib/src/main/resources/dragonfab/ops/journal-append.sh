# usage: STATE-FOLDER LINE
# Adds a line that is on the disk when this ends; half a line that a power failure left stays by itself.
set -eu
[ -d "$1" ] || { mkdir -p -- "$1" && chmod 0755 -- "$1"; }
[ -z "$(tail -c 1 "$1/journal" 2>/dev/null)" ] || echo >> "$1/journal"
printf '%s\n' "$2" >> "$1/journal"
sync "$1/journal"
