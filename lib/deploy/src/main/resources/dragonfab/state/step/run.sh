# usage: FOLDER RUN TITLE LINE [rollback]
# Runs a line of shell that goes on when whoever began it is gone, and writes its own end down; follows it meanwhile.
# The lock of steps is inherited by all that it starts. What it reads waits for it in a file of root's.
# print_unit prints step-unit, print_end step-end, print_seconds how long it may take.
set -eu
umask 077
folder=$1 run=$2 title=$3 line=$4 what=${5:-change}
step="$folder/step"
# A step before may have left a process in its unit, which is then there as long as that process.
read -r number < /proc/sys/kernel/random/uuid
unit=dragonfab-step
[ ! -d /run/systemd/system ] || unit=$unit-$(systemd-escape "${folder##*/}")
unit=$unit-${number%%-*}
exec 3<&0
(
    flock -w 5 8 || { echo "another step runs: $(cat "$step/title")" >&2; exit 75; }
    require_ours "$folder" "$run"
    [ ! -e "$step" ] || rm -rf -- "$step"
    mkdir -- "$step"
    printf '%s\n' "$title" > "$step/title"
    printf '%s\n' "$line" > "$step/line"
    printf '%s\n' "$what" > "$step/what"
    printf '%s\n' "$unit" > "$step/unit"
    print_seconds > "$step/seconds"
    # Not by the clock, which may jump.
    read -r seconds < "$step/seconds" && read -r up _ < /proc/uptime
    echo $((${up%%.*} + seconds)) > "$step/until"
    : > "$step/log"
    cat <&3 > "$step/input"
    print_unit > "$step/run"
    print_end > "$step/end"
) 8>>"$folder/step.lock"
if [ -d /run/systemd/system ]; then
    systemd-run --quiet --collect --unit="$unit" -p KillMode=process -E LC_ALL=C.UTF-8 \
        sh "$step/run" "$folder" "$run"
else
    DRAGONFAB_STEP=$unit setsid sh "$step/run" "$folder" "$run" < /dev/null > /dev/null 2>&1 &
fi
