# usage: NAME [UNIT...]
# Prints the units that do not run, of these or of the release that serves.
name_site "$1"
shift
[ -d /run/systemd/system ] || exit 0
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(units_of "$etc/current")
fi
for unit do
    state=$(systemctl show -p ActiveState --value -- "$unit")
    [ "$state" = active ] || echo "$unit is ${state:-unknown}"
done
