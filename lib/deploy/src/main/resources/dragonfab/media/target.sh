# usage: media-target USER[:GROUP] FOLDER...
# The numbers of both, the group being the user's own where none is named; then a line for each folder: vacant when
# nothing is in it, else used. Exit 3 without rsync.
set -eu
command -v rsync >/dev/null || exit 3
user=${1%%:*}
group=${1#"$user"}
group=${group#:}
shift
uid=$(id -u -- "$user") || exit 4
if [ -z "$group" ]; then
    gid=$(id -g -- "$user")
else
    gid=$(getent group -- "$group" | cut -d: -f3)
    [ -n "$gid" ] || { echo "there is no group $group" >&2; exit 4; }
fi
echo "$uid $gid"
for folder; do
    if [ -d "$folder" ] &&
        [ -n "$(find "$folder/" -mindepth 1 -maxdepth 1 ! -name .dragonfab-arriving -print -quit)" ]; then
        echo used
    else
        echo vacant
    fi
done
