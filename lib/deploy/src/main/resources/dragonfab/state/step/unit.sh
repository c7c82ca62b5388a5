# usage: FOLDER RUN
# What the unit of a step runs; it writes down how the step ends.
umask 077
folder=$1 run=$2
step="$folder/step"
exec 8>>"$folder/step.lock"
flock -w 10 8 || exit 75
echo $$ > "$step/pid"
grep -qF "\"id\":\"$run\"" "$folder/owner" || exit 75
note() {
    title=$(sed 's/[\\"]/\\&/g; s/.*/"&"/' "$step/title")
    add_line "$folder" "{\"event\":\"step\",\"id\":\"$run\",\"at\":\"$(date -u +%FT%TZ)\",\"title\":$title,$1}"
}
note '"state":"begun"'
(umask 022 && exec sh "$step/line") < "$step/input" >> "$step/log" 2>&1
code=$?
rm -f -- "$step/input"
note "\"state\":\"ended\",\"code\":$code"
back="$folder/rollback"
[ ! -f "$back/armed" ] || echo $(($(date +%s) + $(cat "$back/seconds"))) > "$back/deadline"
printf '%s\n' "$code" > "$step/code.new"
sync "$step/code.new"
mv -f -- "$step/code.new" "$step/code"
