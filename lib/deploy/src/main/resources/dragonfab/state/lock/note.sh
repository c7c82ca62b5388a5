# usage: FOLDER [INFO]
# Keeps who forbade deploys, or without INFO allows them again; prints "changed" when that is new.
set -eu
umask 077
folder=$1
if [ $# -gt 1 ]; then
    # shellcheck disable=SC2174
    mkdir -p -m 0711 -- "${folder%/*}" "$folder"
    tighten "$folder"
    printf '%s\n' "$2" > "$folder/hold.new"
    mv -f -- "$folder/hold.new" "$folder/hold"
    echo changed
elif [ -f "$folder/hold" ]; then
    rm -f -- "$folder/hold"
    echo changed
fi
