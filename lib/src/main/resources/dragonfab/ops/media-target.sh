# usage: media-target USER [GROUP]
# The numbers of both, the group being the user's own where none is named. Exit 3 without rsync.
set -eu
command -v rsync >/dev/null || exit 3
uid=$(id -u -- "$1") || exit 4
if [ -z "${2:-}" ]; then
    gid=$(id -g -- "$1")
else
    gid=$(getent group -- "$2" | cut -d: -f3)
    [ -n "$gid" ] || { echo "there is no group $2" >&2; exit 4; }
fi
echo "$uid $gid"
