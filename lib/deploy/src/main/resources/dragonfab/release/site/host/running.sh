# usage: NAME
# Prints the release that serves; nothing where there is none, or not whole.
name_site "$1"
release=$(readlink "$etc/current") || exit 0
[ ! -f "$release/release" ] || [ ! -e "$release/env/bin/python" ] || [ ! -d "$release/src" ] || echo "${release##*/}"
