# usage: FOLDER RUN TITLE LINE
# Runs a line of shell that goes on when whoever began it is gone, and writes its own end down; follows it meanwhile.
# The lock of steps is inherited by all that it starts. What it reads waits for it in a file of root's.
set -eu
umask 077
folder=$1 run=$2 title=$3 line=$4
step="$folder/step"
exec 3<&0
(
    flock -w 5 8 || { echo "another step runs: $(cat "$step/title")" >&2; exit 75; }
    demand_ours "$folder" "$run"
    [ ! -e "$step" ] || rm -rf -- "$step"
    mkdir -- "$step"
    printf '%s\n' "$title" > "$step/title"
    printf '%s\n' "$line" > "$step/line"
    : > "$step/log"
    cat <&3 > "$step/input"
    cat > "$step/run"
) 8>>"$folder/step.lock" <<'RUN'
folder=$1 run=$2
step="$folder/step"
exec 8>>"$folder/step.lock"
flock -w 10 8 || exit 75
echo $$ > "$step/pid"
grep -qF "\"id\":\"$run\"" "$folder/owner" || exit 75
note() {
    [ -z "$(tail -c 1 "$folder/journal" 2>/dev/null)" ] || echo >> "$folder/journal"
    printf '{"event":"step","id":"%s","at":"%s","title":%s,%s}\n' "$run" "$(date -u +%FT%TZ)" \
        "$(sed 's/[\\"]/\\&/g; s/.*/"&"/' "$step/title")" "$1" >> "$folder/journal"
    sync "$folder/journal"
}
note '"state":"begun"'
sh "$step/line" < "$step/input" >> "$step/log" 2>&1
code=$?
rm -f -- "$step/input"
note "\"state\":\"ended\",\"code\":$code"
back="$folder/way-back"
[ ! -f "$back/armed" ] || echo $(($(date +%s) + $(cat "$back/seconds"))) > "$back/deadline"
printf '%s\n' "$code" > "$step/code.new"
sync "$step/code.new"
mv -f -- "$step/code.new" "$step/code"
RUN
if [ -d /run/systemd/system ]; then
    unit=dragonfab-step-$(systemd-escape "${folder##*/}")
    systemd-run --quiet --collect --unit="$unit" -p KillMode=process -E LC_ALL=C.UTF-8 \
        sh "$step/run" "$folder" "$run"
else
    setsid sh "$step/run" "$folder" "$run" < /dev/null > /dev/null 2>&1 &
fi
