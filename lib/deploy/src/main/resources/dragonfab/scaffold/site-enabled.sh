if [ "$1" = configure ]; then
    # A removed package that comes back is no first install to dpkg, hence the mark left by prerm.
    if [ -z "$2" ] || [ -e "$state/was-removed" ]; then
        enable_site
        rm -f "$state/was-removed"
    fi
    reload_nginx
fi
