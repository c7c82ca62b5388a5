# Stands before each script of a build. Its standard input begins with how the network is reached: a line for each variable,
# "login=" and a line of a .netrc, "apt=" and one of apt.conf; then a blank one.
# usage: take_network FOLDER
# Keeps it in files there that only we can read, since passwords are among it: variables, login, apt.conf.
take_network() {
    (
        umask 077
        : > "$1/variables"
        : > "$1/login"
        : > "$1/apt.conf"
    )
    while IFS= read -r line && [ -n "$line" ]; do
        case "$line" in
        login=*)
            printf '%s\n' "${line#*=}" >> "$1/login"
            printf "export NETRC='%s'\n" "$1/login" >> "$1/variables" ;;
        apt=*) printf '%s\n' "${line#*=}" >> "$1/apt.conf" ;;
        *)
            value=$(printf '%s' "${line#*=}" | sed "s/'/'\\\\''/g")
            printf "export %s='%s'\n" "${line%%=*}" "$value" >> "$1/variables" ;;
        esac
    done
}
