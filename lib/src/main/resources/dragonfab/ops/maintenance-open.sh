# usage: NAME nginx|apache
# Opens the site.
set -eu
PATH="$PATH:/usr/sbin:/sbin"
name=$1 server=$2
state="/var/lib/dragonfab/$name"
[ -d "$state" ] || exit 0
exec 9>"$state/maintenance.lock"
flock -w 60 9 || { echo "another process has been switching $name for 60 s" >&2; exit 1; }
rm -f -- "$state/maintenance.on"
sync "$state"
# With this, workers trust their memory of the flag for a minute. One that does not run has none.
if [ "$server" = nginx ] && nginx -T 2>/dev/null | grep -Eq '^[[:space:]]*open_file_cache[[:space:]]+max'; then
    nginx -s reload 2>/dev/null || true
fi
