# usage: NAME
# Prints what changes whenever anybody installs the package anew; nothing where it is not unpacked.
dpkg-query -W -f '${db:Status-Abbrev}|${Version}\n' "$1" 2>/dev/null | sed -n 's/^.[^nc].|//p' | grep . &&
    stat -c %Y "/var/lib/dpkg/info/$1.list" "/var/lib/dpkg/info/$1:"*.list 2>/dev/null
exit 0
