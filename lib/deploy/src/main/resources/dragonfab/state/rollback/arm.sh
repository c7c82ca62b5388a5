# usage: FOLDER RUN SECONDS OUTCOME LINE|- FINGERPRINT FAILING
# Before the first change of a run: what brings the target back, as a line of shell. A timer that outlives a reboot takes
# it once whoever changes the target is gone, or SECONDS after the last step, unless rollback-confirm comes first.
# OUTCOME is what the journal says then. Arming again replaces the line. How visitors saw the site before is kept, too.
# FINGERPRINT prints what changes with each release: when another is there than we left, nobody goes back. FAILING prints
# what does not run. With - the line is on standard input: it holds what no argument list may have.
# print_go and its like print the texts that lie beside this one.
set -eu
umask 077
folder=$1 run=$2 seconds=$3 outcome=$4 line=$5 fingerprint=$6 failing=$7
back="$folder/rollback" new="$folder/rollback/new"
[ "$line" != - ] || line=$(cat)
[ -d "$back" ] || mkdir -p -- "$back"
watch() {
    units=/etc/systemd/system unit=dragonfab-rollback-$(systemd-escape "${folder##*/}")
    print_service > "$units/$unit.service"
    print_timer > "$units/$unit.timer"
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
    require_ours "$folder" "$run"
    if [ "$(cat "$back/armed" 2>/dev/null)" != "$run" ]; then
        rm -rf -- "$back/site" "$back/answers" "$back/seen" "$back/failed" "$back/touched" \
            "$back/left"
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
    printf '%s\n' "$fingerprint" > "$new/fingerprint"
    printf '%s\n' "$failing" > "$new/failing"
    # By the time since the boot, for a clock may be set meanwhile; after a boot nobody holds the lock any more.
    echo $(($(cut -d . -f 1 /proc/uptime) + seconds)) > "$new/deadline"
    echo 0 > "$new/tries"
    print_go > "$new/go"
    print_disarm > "$new/disarm"
    print_tick > "$new/tick"
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
