# usage: FOLDER RUN LINE
# All is well: adds the line to the journal, and disarms the rollback. When power fails between the two, the target rolls
# back, and the journal says that last.
set -eu
folder=$1 run=$2 line=$3
back="$folder/rollback"
demand_armed "$folder" "$run"
add_line "$folder" "$line"
sh "$back/disarm" "$folder"
