# usage: FOLDER RUN
# A person gives up a rollback that failed: nobody tries it again, and what runs stays. RUN holds the lock.
set -eu
folder=$1 run=$2 back="$1/rollback"
exec 8>>"$folder/step.lock"
flock -w 30 8 || { echo "a step runs" >&2; exit 75; }
require_ours "$folder" "$run"
armed=$(cat "$back/armed" 2>/dev/null) || exit 0
note() { add_line "$folder" "{\"id\":\"$armed\",\"at\":\"$(date -u +%FT%TZ)\",$1}"; }
note '"event":"rollback","state":"abandoned"'
note '"event":"outcome","outcome":"needs attention"'
sh "$back/disarm" "$folder"
