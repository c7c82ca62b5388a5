# usage: (none)
# Prints what this machine has of what scripts call, as "key value" lines.
set -u
git=$(git --version 2>/dev/null) && echo "git ${git#git version }"
ssh=$(ssh -V 2>&1) && echo "ssh ${ssh%%,*}"
lxc=$(lxc-info --version 2>/dev/null) && echo "lxc $lxc"
[ ! -d /sys/class/net/lxcbr0 ] || echo "bridge lxcbr0"
exit 0
