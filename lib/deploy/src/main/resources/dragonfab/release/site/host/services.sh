# usage: NAME [UNIT...]
# Prints the units that do not run, of these or of the release that serves.
name_site "$1"
shift
[ -d /run/systemd/system ] || exit 0
if [ $# -eq 0 ]; then
    release=$etc/current
    for unit in "$release"/units/*; do
        unit=${unit##*/}
        [ "$unit" != '*' ] || continue
        [ -e "$etc/once" ] || ! grep -qxF "$unit" "$release/once" || continue
        set -- "$@" "$unit"
    done
fi
for unit do
    state=$(systemctl show -p ActiveState --value -- "$unit")
    [ "$state" = active ] || echo "$unit is ${state:-unknown}"
done
