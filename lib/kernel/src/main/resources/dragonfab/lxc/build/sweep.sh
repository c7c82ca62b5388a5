# usage: BASE here|elsewhere
# Removes throw-away build containers whose build is over: killed builds leave theirs. Prints their names.
set -eu
base=$1 where=$2
lxc=$(lxc-config lxc.lxcpath)
for name in $(lxc-ls -1 | grep -E "^$base-[0-9]+\$" || true); do
    if [ "$where" = here ]; then
        [ ! -d "/proc/${name##*-}" ] || continue
    else
        # The number is a process of a machine that cannot be asked from here; no build takes this long.
        [ -n "$(find "$lxc/$name/config" -mmin +240)" ] || continue
    fi
    lxc-stop -k -n "$name" 2>/dev/null || true
    lxc-destroy -n "$name" >/dev/null
    echo "$name"
done
