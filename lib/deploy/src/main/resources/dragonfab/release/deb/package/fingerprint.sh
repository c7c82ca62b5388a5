# usage: NAME
# Prints what changes whenever anybody installs the package anew; nothing where it is not unpacked. Exit 2 where dpkg
# does not answer.
said=$(dpkg-query -W -f '${db:Status-Abbrev}|${Version}\n' "$1" 2>/dev/null) || [ $? -eq 1 ] || exit 2
printf '%s\n' "$said" | sed -n 's/^.[^nc].|//p' | grep . &&
    stat -c %Y "/var/lib/dpkg/info/$1.list" "/var/lib/dpkg/info/$1:"*.list 2>/dev/null
exit 0
