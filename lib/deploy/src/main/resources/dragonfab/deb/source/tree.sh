# usage: COMMIT
# Prints what stands for all of this folder's content in a commit, and then the names of its files.
set -eu
git rev-parse --verify "$1:./"
git ls-tree -r --name-only "$1" -- .
