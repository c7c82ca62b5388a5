# usage: FOLDER RUN SECONDS OUTCOME LINE
# Before the first change of a run: what brings the target back, as a line of shell. A timer that outlives a reboot takes
# it once whoever changes the target is gone, or SECONDS after the last step, unless way-back-confirm comes first.
# OUTCOME is what the journal says then. Arming again replaces the line. How visitors saw the site before is kept, too.
set -eu
umask 077
folder=$1 run=$2 seconds=$3 outcome=$4 line=$5
back="$folder/way-back" new="$folder/way-back/new"
[ -d "$back" ] || mkdir -p -- "$back"
watch() {
    units=/etc/systemd/system unit=dragonfab-way-back-$(systemd-escape "${folder##*/}")
    cat > "$units/$unit.service" <<UNIT
[Unit]
Description=The way back of an unfinished deploy of ${folder##*/}
[Service]
Type=oneshot
ExecStart=/bin/sh $back/tick $folder
UNIT
    cat > "$units/$unit.timer" <<UNIT
[Unit]
Description=Watches over an unfinished deploy of ${folder##*/}
[Timer]
OnActiveSec=10s
OnBootSec=10s
OnUnitInactiveSec=5s
AccuracySec=1s
[Install]
WantedBy=timers.target
UNIT
    sync "$units/$unit.service" "$units/$unit.timer"
    mkdir -p -- "$units/timers.target.wants"
    ln -sfn -- "$units/$unit.timer" "$units/timers.target.wants/$unit.timer"
    # A new unit is found without a reload, which takes systemd as long as a small package takes dpkg.
    systemctl start "$unit.timer" 2>/dev/null 8>&- ||
        { systemctl daemon-reload 8>&- && systemctl start "$unit.timer" 8>&-; }
    sync "$units" "$units/timers.target.wants"
}
(
    flock -w 10 8 || { echo "a step runs" >&2; exit 75; }
    demand_ours "$folder" "$run"
    if [ "$(cat "$back/armed" 2>/dev/null)" != "$run" ]; then
        rm -rf -- "$back/site" "$back/answers"
        mkdir -- "$back/site"
        for file in maintenance.on web/maintenance.html web/maintenance.json; do
            [ ! -f "$folder/$file" ] || cp -- "$folder/$file" "$back/site/"
        done
    fi
    rm -rf -- "$new"
    mkdir -- "$new"
    printf '%s\n' "$line" > "$new/line"
    printf '%s\n' "$outcome" > "$new/outcome"
    printf '%s\n' "$seconds" > "$new/seconds"
    echo $(($(date +%s) + seconds)) > "$new/deadline"
    echo 0 > "$new/tries"
    cat > "$new/go" <<'GO'
# usage: FOLDER
# Goes back; whoever calls holds the lock of steps.
folder=$1 back="$1/way-back"
run=$(cat "$back/armed") || exit 0
note() {
    [ -z "$(tail -c 1 "$folder/journal" 2>/dev/null)" ] || echo >> "$folder/journal"
    printf '{"id":"%s","at":"%s",%s}\n' "$run" "$(date -u +%FT%TZ)" "$1" >> "$folder/journal" &&
        sync "$folder/journal"
}
tries=$(($(cat "$back/tries") + 1))
echo "$tries" > "$back/tries"
[ "$tries" -gt 5 ] || note '"event":"way-back","state":"begun"'
if sh "$back/line" < /dev/null && note "\"event\":\"outcome\",\"outcome\":\"$(cat "$back/outcome")\""; then
    sh "$back/disarm" "$folder"
    exit 0
fi
[ "$tries" -gt 5 ] || note '"event":"way-back","state":"failed"'
exit 1
GO
    cat > "$new/disarm" <<'DISARM'
# usage: FOLDER
# What a step was given to read may be secret, and one that was killed left it.
rm -f -- "$1/step/input" "$1/way-back/armed"
sync "$1/way-back"
[ -d /run/systemd/system ] || exit 0
unit=dragonfab-way-back-$(systemd-escape "${1##*/}")
# In one go, so that nothing of it is left when power fails in between; the timer knows what to do until then.
cd /etc/systemd/system && rm -f "timers.target.wants/$unit.timer" "$unit.timer" "$unit.service"
systemctl stop "$unit.timer" 2>/dev/null
[ -n "$(systemctl list-units --all --plain --no-legend "$unit.*")" ] || exit 0
# One failed, or somebody else's reload has shown them to systemd, which remembers them until the next.
systemctl reset-failed "$unit.service" 2>/dev/null
systemctl daemon-reload
exit 0
DISARM
    cat > "$new/tick" <<'TICK'
# usage: FOLDER
# Goes back when whoever changes the target is gone or hangs, and no step runs.
folder=$1 back="$1/way-back"
exec 9>>"$folder/lock" 8>>"$folder/step.lock"
if [ ! -f "$back/armed" ]; then
    # Whoever holds the lock may be about to arm it.
    flock -n 9 && flock -n 8 || exit 0
    exec sh "$back/disarm" "$folder"
fi
flock -n 9 || [ "$(date +%s)" -ge "$(cat "$back/deadline")" ] || exit 0
flock -n 8 || exit 0
# What failed five times is tried once a minute: a full disk, say, may take its time.
tries=$(cat "$back/tries")
[ "${tries:-0}" -lt 5 ] || [ -z "$(find "$back/tries" -newermt '1 minute ago')" ] || exit 0
[ "$(stat -c %s "$back/log" 2>/dev/null || echo 0)" -lt 1000000 ] || : > "$back/log"
# From here on nobody else's step begins: it would not find itself named.
printf '{"id":"way-back","by":"the way back","since":"%s","what":"going back"}\n' "$(date -u +%FT%TZ)" \
    > "$folder/owner.new"
mv -f -- "$folder/owner.new" "$folder/owner"
sh "$back/go" "$folder" >> "$back/log" 2>&1
code=$?
rm -f -- "$folder/owner"
exit "$code"
TICK
    sync "$new"/*
    mv -f -- "$new"/* "$back/"
    # The timer first: when power fails in between, it finds nothing armed and goes, while what is armed without a timer
    # would stay so.
    if [ -d /run/systemd/system ]; then watch; fi
    printf '%s\n' "$run" > "$new/armed"
    sync "$new/armed" "$back"
    mv -f -- "$new/armed" "$back/"
    sync "$back"
) 8>>"$folder/step.lock"
