# usage: FOLDER
# Goes back; whoever calls holds the lock of steps. Ends with 0 where nothing is armed any more. A try that fails leaves
# in "failed" what it said, and in "touched" whether it may have changed anything: EX_TEMPFAIL (75) is a line's word that
# it has not.
umask 077
folder=$1 back="$1/rollback"
run=$(cat "$back/armed") || exit 0
note() {
    add_line "$folder" "{\"id\":\"$run\",\"at\":\"$(date -u +%FT%TZ)\",$1}"
}
# Something else runs than our last step or try left: who put it there knows better.
if [ -f "$back/seen" ] && found=$(fingerprint "$folder") && [ "$found" != "$(cat "$back/seen")" ]; then
    echo "what runs was changed by hand: it stays"
    note '"event":"rollback","state":"given up: changed by hand"' &&
        note '"event":"outcome","outcome":"needs attention"' || exit 1
    sh "$back/disarm" "$folder"
    exit 0
fi
# A try that is killed leaves nothing to compare with.
rm -f -- "$back/seen"
sync "$back"
tries=$(($(cat "$back/tries") + 1))
echo "$tries" > "$back/tries"
[ "$tries" -gt 1 ] || note '"event":"rollback","state":"begun"'
(umask 022 && exec sh "$back/line") < /dev/null > "$back/said" 2>&1
code=$?
cat "$back/said"
if [ "$code" -eq 0 ] && note "\"event\":\"outcome\",\"outcome\":\"$(cat "$back/outcome")\""; then
    sh "$back/disarm" "$folder"
    exit 0
fi
[ "$code" -eq 75 ] || touch "$back/touched"
keep_seen "$folder"
grep -v '^[[:space:]]*$' "$back/said" | tail -n 50 > "$back/failed.new"
first=yes
[ ! -f "$back/failed" ] || first=
sync "$back/failed.new"
mv -f -- "$back/failed.new" "$back/failed"
[ -z "$first" ] || note '"event":"rollback","state":"failed"'
exit 1
