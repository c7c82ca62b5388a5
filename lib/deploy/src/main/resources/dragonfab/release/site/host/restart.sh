# usage: NAME
# Restarts the processes of the release that serves; connections wait in its socket meanwhile.
set -eu
software=${1%-site-*} variant=${1##*-site-}
[ -d /run/systemd/system ] || exit 0
release=/etc/$software-site/$variant/current
for unit in "$release"/units/*.service; do
    unit=${unit##*/}
    [ -e "/etc/$software-site/$variant/once" ] || ! grep -qxF "$unit" "$release/once" || continue
    systemctl restart -- "$unit"
done
