# usage: NAME
# Restarts the processes of the release that serves; connections wait in its socket meanwhile.
set -eu
name_site "$1"
[ -d /run/systemd/system ] || exit 0
release=$etc/current
for unit in "$release"/units/*.service; do
    unit=${unit##*/}
    [ -e "$etc/once" ] || ! grep -qxF "$unit" "$release/once" || continue
    systemctl restart -- "$unit"
done
