# The first argument is the FOLDER that files come to, one refresh at a time. They grow in a folder beside their places,
# which tells of its coming and going by no time stamp; where it is there already, somebody was cut off. One that is
# not root's alone may lead anywhere.
set -eu
folder=$1
arriving=$1/.dragonfab-arriving
shift
umask 022
[ -d "$folder" ] || mkdir -p -- "$folder"
exec 9<"$folder"
flock -w 10 9 || { echo "another data-refresh is at work in $folder" >&2; exit 75; }
was=$(stat -L -c %y -- "$folder")
cut=
if [ "$(stat -c '%F %u %a' -- "$arriving" 2>/dev/null)" = 'directory 0 700' ]; then
    cut=1
else
    rm -rf -- "$arriving"
    mkdir -m 0700 -- "$arriving"
fi
touch -d "$was" -- "$folder"
