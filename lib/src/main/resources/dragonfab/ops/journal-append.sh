# usage: STATE-FOLDER LINE
# Adds a line that is on the disk when this ends.
set -eu
mkdir -p "$1"
chmod 0755 "$1"
printf '%s\n' "$2" >> "$1/journal"
sync "$1/journal"
