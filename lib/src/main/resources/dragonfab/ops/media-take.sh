# usage: media-take FOLDER OPTION...
# The other half, one at a time. Files grow in a folder beside their places, which tells of its coming and going by no
# time stamp; what a killed one left there is worth nothing.
set -eu
folder=$1
arriving=$1/.dragonfab-arriving
shift
umask 022
mkdir -p -- "$folder"
exec 9<"$folder"
flock -w 10 9 || { echo "another data-refresh is at work in $folder" >&2; exit 75; }
was=$(stat -c %y -- "$folder")
[ ! -L "$arriving" ] || rm -- "$arriving"
[ -d "$arriving" ] || mkdir -m 0700 -- "$arriving"
touch -d "$was" -- "$folder"
find "$arriving" -mindepth 1 -delete
code=0
rsync "$@" . "$folder/" || code=$?
was=$(stat -c %y -- "$folder")
# What a broken stream left is where the next run goes on; after any other end it would only fill the disk.
case $code in
0 | 11 | 23 | 24 | 25) find "$folder" -name .dragonfab-partial -type d -prune -exec rm -rf -- {} + ;;
esac
rm -rf -- "$arriving"
touch -d "$was" -- "$folder"
exit "$code"
