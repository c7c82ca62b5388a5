# Stands before each script of a site, whose name says all others: SOFTWARE-site-VARIANT. usage: name_site NAME
name_site() {
    name=$1
    software=${name%-site-*}
    variant=${name##*-site-}
    user=$software-$variant
    folder=/usr/lib/$software-site/$variant
    etc=/etc/$software-site/$variant
}

# Prints the units of a release that run here: what is for one host alone runs where "once" lies. usage: units_of FOLDER
units_of() {
    for unit in "$1"/units/*; do
        [ -e "$unit" ] || continue
        [ -e "$etc/once" ] || ! grep -qxF "${unit##*/}" "$1/once" || continue
        echo "${unit##*/}"
    done
}

# Restarts the processes of the release that serves; connections wait in its socket meanwhile.
restart_site() {
    [ -d /run/systemd/system ] || return 0
    for unit in $(units_of "$etc/current"); do
        case "$unit" in *.service) systemctl restart -- "$unit" ;; esac
    done
}
