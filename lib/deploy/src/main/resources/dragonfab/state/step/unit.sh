# usage: FOLDER RUN
# What the unit of a step runs; it writes down how the step ends.
umask 077
folder=$1 run=$2
step="$folder/step"
exec 8>>"$folder/step.lock"
# What it would have read may be secret, and whoever started it may be gone since.
refuse() {
    rm -f -- "$step/input"
    exit 75
}
flock -w 10 8 || refuse
echo $$ > "$step/pid"
grep -qF "\"id\":\"$run\"" "$folder/owner" || refuse
note() {
    title=$(sed 's/[\\"]/\\&/g; s/.*/"&"/' "$step/title")
    add_line "$folder" "{\"event\":\"step\",\"id\":\"$run\",\"at\":\"$(date -u +%FT%TZ)\",\"title\":$title,$1}"
}
back="$folder/rollback"
# A step that is killed leaves nothing to compare with what is there then; a rollback compares first.
[ ! -f "$back/seen" ] || [ "$(cat "$step/what")" = rollback ] || { rm -f -- "$back/seen" && sync "$back"; }
note '"state":"begun"'
(umask 022 && exec sh "$step/line") < "$step/input" >> "$step/log" 2>&1
code=$?
held=
if [ -f "$step/late" ]; then
    code=124 held=$(cat "$step/late")
    echo "it took more than $(cat "$step/seconds") s, and was ended; what kept it: $held" >> "$step/log"
fi
rm -f -- "$step/input"
note "\"state\":\"ended\",\"code\":$code${held:+,\"held\":\"$held\"}"
if [ -f "$back/armed" ]; then
    echo $(($(cut -d . -f 1 /proc/uptime) + $(cat "$back/seconds"))) > "$back/deadline.new" &&
        mv -f -- "$back/deadline.new" "$back/deadline"
    keep_seen "$folder"
fi
printf '%s\n' "$code" > "$step/code.new"
sync "$step/code.new"
mv -f -- "$step/code.new" "$step/code"
# What the step leaves behind has inherited the lock, and keeps nobody from the next one.
flock -u 8
