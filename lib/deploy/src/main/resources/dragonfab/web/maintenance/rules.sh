# usage: NAME nginx|apache|caddy MARK RULES-SIZE ACCESS-SIZE [ACCESS-FILE]
# Gives the web server the rules, and the access list, on standard input; what was there comes back when it refuses.
set -eu
umask 022
name=$1 server=$2 mark=$3
state="/var/lib/dragonfab/$name"
old=''
case "$server" in
nginx)
    base=/etc/nginx access=${6:-/etc/nginx/conf.d/dragonfab-$name.conf}
    old=$(cat "$state/maintenance.access" 2>/dev/null || echo "/etc/nginx/conf.d/dragonfab-$name.conf")
    [ "$old" != "$access" ] || old=''
    ;;
apache) base=/etc/apache2 access= ;;
caddy) base=/etc/caddy access= ;;
esac
find_server "$server" "$name"
folder="$base/dragonfab/$name"
rules="$folder/maintenance.conf"

mkdir -p "$state"
# Where the web server cannot look, it finds no maintenance and shows the site.
chmod 0711 /var/lib/dragonfab "$state"
lock_switch "$name"

work=$(mktemp -d)
head -c "$4" > "$work/rules"
head -c "$5" > "$work/access"
made='' enabled=''
key() { printf '%s' "$1" | tr / _; }
put_back() {
    for file in "$rules" $access $old; do
        kept="$work/old-$(key "$file")"
        if [ -e "$kept" ]; then mv -f -- "$kept" "$file"; else rm -f -- "$file"; fi
    done
    [ -z "$made" ] || rmdir -p --ignore-fail-on-non-empty "$made" 2>/dev/null || true
    # shellcheck disable=SC2086
    [ -z "$enabled" ] || a2dismod -q -f $enabled >/dev/null 2>&1 || true
    rm -rf -- "$work"
}
for file in "$rules" $access $old; do
    [ ! -e "$file" ] || cp -p -- "$file" "$work/old-$(key "$file")"
done
trap put_back EXIT
trap 'exit 1' HUP INT TERM

[ -d "$folder" ] || { made=$folder; mkdir -p "$folder"; }
if [ "$server" = apache ]; then
    for module in setenvif rewrite headers; do
        [ -e "$base/mods-enabled/$module.load" ] || { enabled="$enabled $module"; a2enmod -q "$module" >/dev/null; }
    done
fi
cat "$work/rules" > "$rules.new"
mv -f -- "$rules.new" "$rules"
if [ -n "$access" ]; then
    cat "$work/access" > "$access.new"
    mv -f -- "$access.new" "$access"
    [ -z "$old" ] || rm -f -- "$old"
fi
said=$(ask_server -t 2>&1) || { printf '%s\n' "$said" >&2; exit 1; }

reload_server
# Without this mark the next switch does it again, as after a kill before the reload.
sync "$rules" "$folder"
if [ -n "$access" ]; then (umask 077 && echo "$access" > "$state/maintenance.access"); fi
(umask 077 && echo "$mark" > "$state/maintenance.loaded")
trap - EXIT
rm -rf -- "$work"
