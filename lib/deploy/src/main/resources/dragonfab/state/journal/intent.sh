# usage: FOLDER RUN LINE
# Adds what that run begins; without the lock nobody would write down how it ended.
set -eu
require_ours "$1" "$2"
add_line "$1" "$3"
