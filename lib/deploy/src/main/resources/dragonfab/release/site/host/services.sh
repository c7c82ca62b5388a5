# usage: NAME [UNIT...]
# Prints the units that do not run, of these or of the release that serves.
name=$1
shift
software=${name%-site-*} variant=${name##*-site-}
[ -d /run/systemd/system ] || exit 0
if [ $# -eq 0 ]; then
    release=/etc/$software-site/$variant/current
    for unit in "$release"/units/*; do
        unit=${unit##*/}
        [ "$unit" != '*' ] || continue
        [ -e "/etc/$software-site/$variant/once" ] || ! grep -qxF "$unit" "$release/once" || continue
        set -- "$@" "$unit"
    done
fi
for unit do
    state=$(systemctl show -p ActiveState --value -- "$unit")
    [ "$state" = active ] || echo "$unit is ${state:-unknown}"
done
