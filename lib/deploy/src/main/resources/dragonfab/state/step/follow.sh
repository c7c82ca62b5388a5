# usage: FOLDER
# Shows the step that runs, or the last one, to its end; ends as it ends.
step="$1/step"
[ -d "$step" ] || { echo "no step has run here" >&2; exit 1; }
patience=300
while [ ! -e "$step/pid" ]; do
    [ "$patience" -gt 0 ] || { echo "the step could not begin: $(cat "$step/title")" >&2; exit 75; }
    patience=$((patience - 1))
    sleep 0.1
done
flock -s "$1/step.lock" true &
tail -n +1 -s 0.1 --pid=$! -f "$step/log"
[ -f "$step/code" ] || { echo "the step was killed before its end: $(cat "$step/title")" >&2; exit 137; }
exit "$(cat "$step/code")"
