# usage: (none)
# Prints the time of this machine, in seconds.
set -eu
date +%s
