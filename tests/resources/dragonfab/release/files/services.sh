# usage: NAME [UNIT...]
# Prints the units that do not run, of these or of the one that has the application's name.
name=$1
shift
[ $# -gt 0 ] || set -- "$name.service"
[ -d /run/systemd/system ] || exit 0
for unit do
    state=$(systemctl show -p ActiveState --value -- "$unit")
    [ "$state" = active ] || echo "$unit is ${state:-unknown}"
done
