# usage: FOLDER RUN
# Whoever changes the target lives, though no step runs here: the rollback that is armed waits as long again.
set -eu
folder=$1 run=$2
back="$folder/rollback"
demand_armed "$folder" "$run"
echo $(($(cut -d . -f 1 /proc/uptime) + $(cat "$back/seconds"))) > "$back/deadline.new"
mv -f -- "$back/deadline.new" "$back/deadline"
