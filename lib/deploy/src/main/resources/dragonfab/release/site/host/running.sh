# usage: NAME
# Prints the release that serves; nothing where there is none, or not whole.
software=${1%-site-*} variant=${1##*-site-}
release=$(readlink "/etc/$software-site/$variant/current") || exit 0
[ ! -f "$release/release" ] || [ ! -e "$release/env/bin/python" ] || [ ! -d "$release/src" ] || echo "${release##*/}"
