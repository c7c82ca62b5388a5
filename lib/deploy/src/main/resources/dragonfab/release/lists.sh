# Brings apt's lists up to date, where an installation needs what is not here. usage: fresh_lists APT-ARGUMENT...
# Stands behind "quietly", which runs apt-get.
fresh_lists() {
    needed=$(quietly --print-uris install "$@" 2>/dev/null) || needed=unknown
    fresh=$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mmin -1440 2>/dev/null | head -n 1)
    case "$needed:$fresh" in
    unknown:* | *://*:)
        # lists/lock is the one lock that apt does not wait for.
        for attempt in 1 2 3 4 5 6; do
            if quietly update; then break; fi
            [ "$attempt" -lt 6 ] || return 1
            sleep 5
        done
        ;;
    esac
}
