# Stands before web-restart, for machines where systemd does not run: scripts in /etc/init.d start services there.
# usage: restart_by_scripts [UNIT...]
restart_by_scripts() {
    if [ $# -eq 0 ]; then
        for service in $(dpkg -L "$name" 2>/dev/null | sed -n 's|^/etc/init\.d/\([^/]*\)$|\1|p'); do
            set -- "$@" "$service"
        done
        [ $# -gt 0 ] || { echo "nothing of $name can be restarted: systemd does not run there, and it brings no script of /etc/init.d" >&2; return 1; }
    fi
    for unit do
        [ -x "/etc/init.d/${unit%.service}" ] ||
            { echo "systemd does not run there, and there is no /etc/init.d/${unit%.service}" >&2; return 1; }
    done
    for unit do
        service=${unit%.service}
        if ! said=$(timeout 60 "/etc/init.d/$service" restart </dev/null 2>&1); then
            printf '%s\n' "$said" "down $service: /etc/init.d/$service restart failed" >&2
            return 1
        fi
        # A script that does not know "status" answers as if its service were dead.
        if grep -q '^[^#]*status[^#]*)' "/etc/init.d/$service" && sleep 1 &&
            ! timeout 10 "/etc/init.d/$service" status >/dev/null 2>&1 </dev/null; then
            echo "down $service does not run after its restart" >&2
            return 1
        fi
        echo "restarted $service"
    done
    case "$server" in
    nginx) service=nginx ;;
    apache) service=apache2 ;;
    caddy)
        reload_named
        return
        ;;
    *) return 0 ;;
    esac
    if timeout 10 "/etc/init.d/$service" status >/dev/null 2>&1 </dev/null; then
        timeout 60 "/etc/init.d/$service" reload >&2 </dev/null
        echo "reloaded $service"
    else
        echo "left $service, which is not running"
    fi
}
