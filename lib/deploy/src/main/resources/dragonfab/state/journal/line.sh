# Stands before each script that adds a line to the journal.
# usage: add_line FOLDER LINE
# It is on the disk when this ends well; half a line that a power failure left stays by itself.
add_line() {
    [ -e "$1/journal" ] || (umask 077 && : >> "$1/journal")
    [ -z "$(tail -c 1 "$1/journal" 2>/dev/null)" ] || echo >> "$1/journal"
    printf '%s\n' "$2" >> "$1/journal" && sync "$1/journal"
}
