# Stands before each script that removes build containers.
# usage: remove NAME
remove() {
    lxc-stop -k -n "$1" 2>/dev/null || true
    if [ -n "$(lxc-info -n "$1" -H -c lxc.rootfs.path 2>/dev/null)" ]; then
        lxc-destroy -n "$1" >/dev/null
    else
        # One whose making was cut off is a folder that lxc-destroy does not know.
        lxc=$(lxc-config lxc.lxcpath)
        rm -rf -- "${lxc:?}/${1:?}"
    fi
}
