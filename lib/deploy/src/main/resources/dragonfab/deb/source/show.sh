# usage: COMMIT FILE
# Prints a file of this folder as it is in that commit.
set -eu
git show "$1:./$2"
