# usage: NAME
# Prints the version that is installed whole; nothing where there is none.
dpkg-query -W -f '${Status}|${Version}\n' "$1" 2>/dev/null | sed -n 's/^install ok installed|//p'
