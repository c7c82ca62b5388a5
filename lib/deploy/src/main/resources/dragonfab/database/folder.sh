# usage: FOLDER USER
# Makes the folder that only the user who works on the database may enter; - is whoever logged in.
set -eu
user=$2
[ "$user" != - ] || user=${SUDO_USER:-root}
# shellcheck disable=SC2174
mkdir -p -m 0711 -- /var/lib/dragonfab "$(dirname -- "$1")"
install -d -m 0700 -o "$user" -- "$1"
