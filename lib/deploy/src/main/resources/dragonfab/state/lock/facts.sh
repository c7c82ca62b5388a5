# usage: FOLDER
# Prints who holds the lock, which step runs, and who forbade deploys, as far as there is any.
set -eu
folder=$1
[ -d "$folder" ] || exit 0
exec 9>>"$folder/lock" 8>>"$folder/step.lock"
flock -s -n 9 || { printf 'owner ' && cat -- "$folder/owner" 2>/dev/null || echo; }
flock -s -n 8 || {
    printf 'step ' && cat -- "$folder/step/title" 2>/dev/null || echo
    [ ! -f "$folder/step/end" ] || perl "$folder/step/end" "$folder" late
}
[ ! -f "$folder/hold" ] || { printf 'hold ' && cat -- "$folder/hold"; }
