# usage: NAME nginx|apache|caddy NOTICE PAGE-SIZE ANSWER-SIZE
# Closes the site with the page and the JSON answer on standard input. Prints "changed" when that is new.
set -eu
umask 022
name=$1 server=$2 notice=$3
state="/var/lib/dragonfab/$name"
flag="$state/maintenance.on"
mkdir -p "$state/web"
# Where the web server cannot look, it finds no maintenance and shows the site.
chmod 0711 /var/lib/dragonfab "$state"
chmod 0755 "$state/web"
lock_switch "$name"

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
forget_flag "$server" "$name"
