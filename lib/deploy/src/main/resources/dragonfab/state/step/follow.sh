# usage: FOLDER [...]
# Shows the step that runs, or the last one, to its end; ends as it ends. Behind step-run it ends it when its time is over.
step="$1/step"
[ -d "$step" ] || { echo "no step has run here" >&2; exit 1; }
patience=300
while [ ! -e "$step/pid" ]; do
    [ "$patience" -gt 0 ] || { echo "the step could not begin: $(cat "$step/title")" >&2; exit 75; }
    patience=$((patience - 1))
    sleep 0.1
done
if [ $# -gt 1 ]; then
    {
        flock -s -w "$(cat "$step/seconds")" "$1/step.lock" true || {
            perl "$step/end" "$1" over
            flock -s -w 10 "$1/step.lock" true
        }
    } > /dev/null 2>&1 &
else
    flock -s "$1/step.lock" true &
fi
tail -n +1 -s 0.1 --pid=$! -f "$step/log"
if [ ! -f "$step/code" ]; then
    flock -s -n "$1/step.lock" true || { echo "it does not end: $(perl "$step/end" "$1" name)" >&2; exit 75; }
    echo "the step was killed before its end: $(cat "$step/title")" >&2
    exit 137
fi
exit "$(cat "$step/code")"
