# usage: NAME
# Prints what somebody changed of the package on this machine, a word and the path.
set -eu
edited "$1" "$1" | sed -E 's/^[0-9a-f]{32} /edited /'
edited_conffiles "$1" | sed 's/^/conffile /'
overrides "$1" | sed 's/^/override /'
