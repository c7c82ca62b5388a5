available=/etc/nginx/sites-available
enabled=/etc/nginx/sites-enabled

@include default-site.sh@

enable_site() {
    [ ! -e "$enabled/@NAME@" ] && [ ! -L "$enabled/@NAME@" ] || return 0
    ln -s "$available/@NAME@" "$enabled/@NAME@"
    replaced=
    if default_site_is_untouched; then
        rm "$enabled/default"
        replaced=yes
    fi
    if ! nginx -t -q; then
        rm "$enabled/@NAME@"
        [ -z "$replaced" ] || ln -s "$available/default" "$enabled/default"
        echo "@NAME@: nginx refuses the site next to the others; $available/@NAME@ is not enabled" >&2
    fi
}

reload_nginx() {
    new=$(sha256sum < "$available/@NAME@")
    if [ -L "$enabled/@NAME@" ] && [ "$new" != "$(cat "$state/nginx.sha256" 2>/dev/null)" ] && nginx -t -q; then
        if [ -d /run/systemd/system ] && systemctl -q is-active nginx.service; then
            deb-systemd-invoke reload nginx.service || true
        fi
        echo "$new" > "$state/nginx.sha256"
    fi
}
