# usage: NAME nginx|apache FOLDER
# Leaves the site open or closed as the copies in the folder have it.
set -eu
umask 022
PATH="$PATH:/usr/sbin:/sbin"
name=$1 server=$2 from=$3
state="/var/lib/dragonfab/$name"
exec 7>"$state/maintenance.lock"
flock -w 60 7 || { echo "another process has been switching $name for 60 s" >&2; exit 1; }
if [ -f "$from/maintenance.on" ]; then
    mkdir -p "$state/web"
    cp -- "$from/maintenance.html" "$from/maintenance.json" "$state/web/"
    cp -- "$from/maintenance.on" "$state/maintenance.on.new"
    mv -f -- "$state/maintenance.on.new" "$state/maintenance.on"
else
    rm -f -- "$state/maintenance.on"
fi
sync "$state"
# With this, workers trust their memory of the flag for a minute. One that does not run has none.
if [ "$server" = nginx ] && nginx -T 2>/dev/null | grep -Eq '^[[:space:]]*open_file_cache[[:space:]]+max'; then
    nginx -s reload 2>/dev/null || true
fi
