# usage: FOLDER RUN LINE
# All is well: adds the line to the journal, and there is no way back any more. When power fails between the two, the
# way back is taken, and the journal says that last.
set -eu
folder=$1 run=$2 line=$3
back="$folder/way-back"
exec 8>>"$folder/step.lock"
flock -w 30 8 || { echo "a step runs" >&2; exit 75; }
demand_ours "$folder" "$run"
[ "$(cat "$back/armed" 2>/dev/null)" = "$run" ] || { echo "the way back was taken already" >&2; exit 75; }
add_line "$folder" "$line"
sh "$back/disarm" "$folder"
