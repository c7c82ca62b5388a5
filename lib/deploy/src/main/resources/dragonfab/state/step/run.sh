# usage: FOLDER RUN TITLE LINE [rollback]
# Runs a line of shell that goes on when whoever began it is gone, and writes its own end down; follows it meanwhile.
# The lock of steps is inherited by all that it starts. What it reads waits for it in a file of root's.
# print_unit prints step-unit.
set -eu
umask 077
folder=$1 run=$2 title=$3 line=$4 what=${5:-change}
step="$folder/step"
exec 3<&0
(
    flock -w 5 8 || { echo "another step runs: $(cat "$step/title")" >&2; exit 75; }
    require_ours "$folder" "$run"
    [ ! -e "$step" ] || rm -rf -- "$step"
    mkdir -- "$step"
    printf '%s\n' "$title" > "$step/title"
    printf '%s\n' "$line" > "$step/line"
    printf '%s\n' "$what" > "$step/what"
    : > "$step/log"
    cat <&3 > "$step/input"
    print_unit > "$step/run"
) 8>>"$folder/step.lock"
if [ -d /run/systemd/system ]; then
    unit=dragonfab-step-$(systemd-escape "${folder##*/}")
    systemd-run --quiet --collect --unit="$unit" -p KillMode=process -E LC_ALL=C.UTF-8 \
        sh "$step/run" "$folder" "$run"
else
    setsid sh "$step/run" "$folder" "$run" < /dev/null > /dev/null 2>&1 &
fi
