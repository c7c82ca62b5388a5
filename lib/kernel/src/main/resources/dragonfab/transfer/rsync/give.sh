# usage: rsync-give SOURCE OPTION...
# An rsync whose remote shell is our own standard input and output: it says the command that the other side is to
# run as the first line. What rsync tells people goes to standard error.
set -eu
source=$1
shift
# shellcheck disable=SC2016
talk='shift; echo "$*" >&4; exec 5<&0; cat <&5 >&4 & cat <&3; kill $!'
exec rsync "$@" -e "sh -c '$talk' talk" -- "$source" peer:. 3<&0 4>&1 </dev/null >&2
