# usage: NAME nginx|apache MARK RULES-SIZE ACCESS-SIZE
# Gives the web server the rules, and the access list, on standard input; what was there comes back when it refuses.
set -eu
umask 022
name=$1 server=$2 mark=$3
state="/var/lib/dragonfab/$name"
case "$server" in
nginx)
    unit=nginx tool=nginx base=/etc/nginx access="/etc/nginx/conf.d/dragonfab-$name.conf" ;;
apache)
    unit=apache2 tool=apache2ctl base=/etc/apache2 access= ;;
esac
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
put_back() {
    for file in "$rules" $access; do
        if [ -e "$work/old-${file##*/}" ]; then mv -f -- "$work/old-${file##*/}" "$file"; else rm -f -- "$file"; fi
    done
    [ -z "$made" ] || rmdir -p --ignore-fail-on-non-empty "$made" 2>/dev/null || true
    # shellcheck disable=SC2086
    [ -z "$enabled" ] || a2dismod -q -f $enabled >/dev/null 2>&1 || true
    rm -rf -- "$work"
}
for file in "$rules" $access; do
    [ ! -e "$file" ] || cp -p -- "$file" "$work/old-${file##*/}"
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
fi
said=$("$tool" -t 2>&1) || { printf '%s\n' "$said" >&2; exit 1; }

if [ -d /run/systemd/system ]; then
    ! systemctl -q is-active "$unit" || systemctl reload "$unit"
elif [ "$server" = nginx ]; then
    [ ! -s /run/nginx.pid ] || nginx -s reload
else
    [ ! -s /run/apache2/apache2.pid ] || apache2ctl graceful
fi
# Without this mark the next switch does it again, as after a kill before the reload.
sync "$rules" "$folder"
(umask 077 && echo "$mark" > "$state/maintenance.loaded")
trap - EXIT
rm -rf -- "$work"
