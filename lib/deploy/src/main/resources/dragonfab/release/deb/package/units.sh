# Stands before each script that has to do with the units of a package.
# Prints file names' units. usage: units < PATHS
units() {
    sed -nE 's#^\.?(/usr)?/lib/systemd/system/([^/]+\.(service|socket|timer|path))$#\2#p'
}
# Whether files of these names have something started: by systemd, init, cron, or a server that serves them. facts.pl
# asks the same of what is installed. usage: starts_something < PATHS
starts_something() {
    grep -qE -e '^(\.?/)?(usr/)?lib/systemd/system/[^/]+\.(service|socket|timer|path)$' -e '^(\.?/)?etc/(systemd/system|'\
'init\.d|cron\.[a-z]+|nginx|apache2|lighttpd|caddy|php|uwsgi|supervisor|sv)/.'
}
# usage: units_of NAME
# As its list has them; an upgrade that was cut off may have left none.
units_of() {
    { cat "/var/lib/dpkg/info/$1.list" 2>/dev/null || dpkg-query -L "$1" 2>/dev/null || true; } | units
}
# Of app@.service, all that were started from it. usage: instances UNIT...
instances() {
    for unit do
        echo "$unit" | sed 's/@\./@*./'
    done
}
# One that failed too often starts no more, whichever release comes. usage: forget_failures UNIT...
forget_failures() {
    [ $# -gt 0 ] && [ -d /run/systemd/system ] || return 0
    # shellcheck disable=SC2046
    systemctl reset-failed -- $(instances "$@") 2>/dev/null || true
}
