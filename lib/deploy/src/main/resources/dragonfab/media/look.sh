# usage: media-look FOLDER OPTION...
# The other half of a dry run: the folder need not be there, and nothing is made.
set -eu
folder=$1
shift
exec rsync "$@" . "$folder/"
