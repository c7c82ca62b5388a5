# usage: FOLDER
# Goes back; whoever calls holds the lock of steps.
umask 077
folder=$1 back="$1/rollback"
run=$(cat "$back/armed") || exit 0
note() {
    add_line "$folder" "{\"id\":\"$run\",\"at\":\"$(date -u +%FT%TZ)\",$1}"
}
tries=$(($(cat "$back/tries") + 1))
echo "$tries" > "$back/tries"
[ "$tries" -gt 5 ] || note '"event":"rollback","state":"begun"'
if (umask 022 && exec sh "$back/line") < /dev/null && note "\"event\":\"outcome\",\"outcome\":\"$(cat "$back/outcome")\""; then
    sh "$back/disarm" "$folder"
    exit 0
fi
[ "$tries" -gt 5 ] || note '"event":"rollback","state":"failed"'
exit 1
