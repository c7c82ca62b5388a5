# usage: NAME
# Prints the version that is installed whole; nothing where there is none. One that is held is installed, too.
dpkg-query -W -f '${Status}|${Version}\n' "$1" 2>/dev/null | sed -nE 's/^(install|hold) ok installed\|//p'
