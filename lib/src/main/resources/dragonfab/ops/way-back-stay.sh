# usage: FOLDER RUN
# Whoever changes the target lives, though no step runs here: the way back that is armed waits as long again.
set -eu
folder=$1 run=$2
back="$folder/way-back"
exec 8>>"$folder/step.lock"
flock -w 30 8 || { echo "a step runs" >&2; exit 75; }
demand_ours "$folder" "$run"
[ "$(cat "$back/armed" 2>/dev/null)" = "$run" ] || { echo "the way back was taken already" >&2; exit 75; }
echo $(($(date +%s) + $(cat "$back/seconds"))) > "$back/deadline.new"
mv -f -- "$back/deadline.new" "$back/deadline"
