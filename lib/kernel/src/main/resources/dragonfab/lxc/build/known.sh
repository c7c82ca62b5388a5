# Stands before each script that asks which build containers there are.
# usage: known PROJECT
# Prints those of a project, a line each: name, the environment's container, and of a throw-away one what it is a clone of.
known() {
    lxc=$(lxc-config lxc.lxcpath)
    for record in "$lxc"/*/dragonfab-build; do
        [ -e "$record" ] || continue
        read -r project container base < "$record"
        name=${record%/*}
        [ "$project" != "$1" ] || echo "${name##*/} $container $base"
    done
}
# usage: held NAME
held() { [ -e "/run/dragonfab/lxc-$1.lease" ] && ! flock -n "/run/dragonfab/lxc-$1.lease" true; }
