# usage: FOLDER
# Goes back when whoever changes the target is gone or hangs, and no step runs.
umask 077
folder=$1 back="$1/rollback"
exec 9>>"$folder/lock" 8>>"$folder/step.lock"
if [ ! -f "$back/armed" ]; then
    # Whoever holds the lock may be about to arm it.
    flock -n 9 && flock -n 8 || exit 0
    exec sh "$back/disarm" "$folder"
fi
flock -n 9 || [ "$(cut -d . -f 1 /proc/uptime)" -ge "$(cat "$back/deadline")" ] || exit 0
flock -n 8 || {
    [ -f "$folder/step/end" ] && perl "$folder/step/end" "$folder" over >> "$back/log" && flock -w 10 8
} || exit 0
tries=$(cat "$back/tries")
runs() {
    [ -f "$back/failing" ] && [ -n "$(sh "$back/fingerprint" 2>/dev/null)" ] &&
        [ -z "$(LC_ALL=C sh "$back/failing" 2>&1)" ]
}
# Another try could take away what runs; a command that a person types tries again.
[ "${tries:-0}" -lt 2 ] || [ ! -f "$back/touched" ] || ! runs || exit 0
# What failed five times is tried once a minute: a full disk, say, may take its time.
[ "${tries:-0}" -lt 5 ] || [ -z "$(find "$back/tries" -newermt '1 minute ago')" ] || exit 0
[ "$(stat -c %s "$back/log" 2>/dev/null || echo 0)" -lt 1000000 ] || : > "$back/log"
# From here on nobody else's step begins: it would not find itself named.
printf '{"id":"rollback","by":"the automatic rollback","since":"%s","what":"going back"}\n' "$(date -u +%FT%TZ)" \
    > "$folder/owner.new"
mv -f -- "$folder/owner.new" "$folder/owner"
sh "$back/go" "$folder" >> "$back/log" 2>&1
code=$?
rm -f -- "$folder/owner"
# What it leaves behind has inherited both.
flock -u 8
flock -u 9
exit "$code"
