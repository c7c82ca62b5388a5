# usage: FOLDER
# Prints who holds the lock, which step runs, and who forbade deploys, as far as there is any.
set -eu
umask 077
folder=$1
[ -d "$folder" ] || exit 0
exec 9>>"$folder/lock" 8>>"$folder/step.lock"
flock -s -n 9 || { printf 'owner %s\n' "$(head -n 1 -- "$folder/owner" 2>/dev/null)"; }
flock -s -n 8 || {
    printf 'step %s\n' "$(head -n 1 -- "$folder/step/title" 2>/dev/null)"
    [ ! -f "$folder/step/end" ] || perl "$folder/step/end" "$folder" late
}
[ ! -f "$folder/hold" ] || { printf 'hold %s\n' "$(head -n 1 -- "$folder/hold")"; }
