# Whether the site that nginx comes with is enabled, and as Debian ships it.
default_site_is_untouched() {
    [ "$(readlink /etc/nginx/sites-enabled/default)" = /etc/nginx/sites-available/default ] || return 1
    sum=$(md5sum /etc/nginx/sites-available/default | cut -d ' ' -f 1)
    dpkg-query -W -f '${Conffiles}\n' nginx-common | grep -qF " /etc/nginx/sites-available/default $sum"
}
