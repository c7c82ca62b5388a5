# Stands before each script that changes what is kept.
# usage: tighten FOLDER
# What is kept is root's alone, whatever umask made it: whoever can open a lock can hold it, and a timer runs what lies
# there. Only what the web server reads stays readable; what others have put there is taken away.
tighten() {
    chmod -f 0711 "${1%/*}" "$1"
    find "$1" -mindepth 1 ! -user "$(id -u)" -prune -exec rm -rf -- {} +
    find "$1" -mindepth 1 -path "$1/web" -prune -o ! -path "$1/maintenance.on" ! -type l -perm /077 \
        -exec chmod go= -- {} +
}
