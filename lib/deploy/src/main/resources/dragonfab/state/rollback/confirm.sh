# usage: FOLDER RUN LINE
# All is well: adds the line to the journal, and there is no way back any more. When power fails between the two, the
# way back is taken, and the journal says that last.
set -eu
folder=$1 run=$2 line=$3
back="$folder/way-back"
demand_armed "$folder" "$run"
add_line "$folder" "$line"
sh "$back/disarm" "$folder"
