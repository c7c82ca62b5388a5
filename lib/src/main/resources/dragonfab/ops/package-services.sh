# usage: NAME [UNIT...]
# Prints the units that should run and do not; without names, those that the package brings and that are enabled.
set -eu
name=$1
shift
[ -d /run/systemd/system ] || exit 0
if [ $# -eq 0 ]; then
    list=/var/lib/dpkg/info/$name.list
    units() { sed -nE 's#^(/usr)?/lib/systemd/system/([^/@]*\.(service|socket|timer))$#\2#p' "$@"; }
    # shellcheck disable=SC2046
    set -- $(if [ -f "$list" ]; then units "$list"; else dpkg-query -L "$name" | units; fi)
    named=false
else
    named=true
fi
for unit do
    load='' active='' result='' type='' enabled=''
    eval "$(systemctl show "$unit" -p LoadState -p ActiveState -p Result -p Type -p UnitFileState |
        sed -n -e "s/^LoadState=\([a-z-]*\)$/load=\1/p" -e "s/^ActiveState=\([a-z-]*\)$/active=\1/p" \
            -e "s/^Result=\([a-z-]*\)$/result=\1/p" -e "s/^Type=\([a-z-]*\)$/type=\1/p" \
            -e "s/^UnitFileState=\([a-z-]*\)$/enabled=\1/p")"
    if [ "$active" = failed ] || [ "$active" = activating ]; then
        echo "$unit is $active ($result)"
    elif [ "$named" = true ] && [ "$active" != active ]; then
        echo "$unit is ${load:-unknown}, ${active:-inactive}"
    elif [ "$enabled" = enabled ] && [ "$active" != active ] && [ "$type" != oneshot ]; then
        echo "$unit is $active although it is enabled"
    fi
done
