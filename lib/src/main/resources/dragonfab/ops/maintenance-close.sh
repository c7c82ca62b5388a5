# usage: NAME nginx|apache NOTICE PAGE-SIZE ANSWER-SIZE
# Closes the site with the page and the JSON answer on standard input. Prints "changed" when that is new.
set -eu
umask 022
PATH="$PATH:/usr/sbin:/sbin"
name=$1 server=$2 notice=$3
state="/var/lib/dragonfab/$name"
flag="$state/maintenance.on"
mkdir -p "$state/web"
# Where the web server cannot look, it finds no maintenance and shows the site.
chmod 0755 /var/lib/dragonfab "$state" "$state/web"
exec 9>"$state/maintenance.lock"
flock -w 60 9 || { echo "another process has been switching $name for 60 s" >&2; exit 1; }

replace() {
    cat > "$1.new"
    sync "$1.new"
    if cmp -s "$1.new" "$1"; then
        rm -f -- "$1.new"
    else
        mv -f -- "$1.new" "$1"
        sync "${1%/*}"
        echo changed
    fi
}
head -c "$4" | replace "$state/web/maintenance.html"
head -c "$5" | replace "$state/web/maintenance.json"
printf '%s\n' "$notice" | replace "$flag"
# With this, workers trust their memory of the flag for a minute. One that does not run has none.
if [ "$server" = nginx ] && nginx -T 2>/dev/null | grep -Eq '^[[:space:]]*open_file_cache[[:space:]]+max'; then
    nginx -s reload 2>/dev/null || true
fi
