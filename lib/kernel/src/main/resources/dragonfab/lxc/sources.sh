# Stands before what builds a template.
# Prints Debian's and Ubuntu's own sources of this machine, as a file name; third parties' are this machine's business.
own_sources() {
    for file in "/etc/apt/sources.list.d/${ID:-debian}.sources" /etc/apt/sources.list; do
        if grep -qsE '^(deb |URIs:)' "$file"; then
            printf '%s\n' "$file"
            return
        fi
    done
}
# Prints the addresses that a file of sources names, a list of mirrors not being one.
mirrors_of() {
    sed -nE -e 's/^URIs: *//p' -e 's/^deb( \[[^]]*\])? +([^ ]+) .*/\2/p' "$1" | tr ' ' '\n' |
        awk '/^https?:/ && !seen[$0]++'
}
# Succeeds where there is such a file. That a mirror could not be asked ends it all. usage: fetched URL FILE
fetched() {
    rm -f -- "$2"
    said=$(LC_ALL=C /usr/lib/apt/apt-helper download-file "$1" "$2" 2>&1 </dev/null) && return
    case "$said" in
    *" 404 "* | *" 410 "*) return 1 ;;
    esac
    printf '%s\n' "$said" | grep -E '^(E|Err):' >&2
    exit 1
}
# Prints which of this machine's keyrings an archive is signed by; the key of any other is to be named.
# usage: signed_by ORIGIN
signed_by() {
    case "$1" in
    Debian) keyring=debian-archive-keyring package=$keyring ;;
    Ubuntu) keyring=ubuntu-archive-keyring package=ubuntu-keyring ;;
    *) return ;;
    esac
    [ -e "/usr/share/keyrings/$keyring.gpg" ] ||
        { echo "the keys of $1 are not on the machine that holds the container: apt install $package there" >&2; exit 1; }
    echo "[signed-by=/usr/share/keyrings/$keyring.gpg]"
}
# Prints a line of sources.list for each of the suite's pockets that a mirror has: Debian's security archive is a mirror
# of its own. usage: sources_of SUITE MIRROR
sources_of() {
    for pocket in "" -updates -security; do
        root="${2%/}/dists/$1$pocket"
        fetched "$root/InRelease" "$release" || fetched "$root/Release" "$release" || continue
        # Third parties have others.
        grep -qE '^Components:.*[ /]main( |$)' "$release" || continue
        # Ubuntu keeps in universe what Debian has in main.
        components=main
        if grep -qE '^Components:.*[ /]universe( |$)' "$release"; then components="main universe"; fi
        signed=$(signed_by "$(sed -n 's/^Origin: *//p' "$release" | head -n 1)") || exit 1
        echo "deb ${signed:+$signed }$2 $1$pocket $components"
    done
}
# Writes the sources of a suite. usage: write_sources FILE SUITE [MIRROR...]
write_sources() {
    to=$1 of=$2 release="$1.release"
    shift 2
    own=$(own_sources)
    if [ $# -eq 0 ] && [ -n "$own" ] && [ "$of" = "${VERSION_CODENAME:-}" ]; then
        cat -- "$own" > "$to"
        return
    fi
    if [ $# -eq 0 ] && [ -n "$own" ]; then
        # shellcheck disable=SC2046
        set -- $(mirrors_of "$own")
    fi
    for mirror do
        case "$mirror" in
        "deb "*) printf '%s\n' "$mirror" ;;
        *) sources_of "$of" "$mirror" || exit 1 ;;
        esac
    done > "$to"
    rm -f -- "$release"
    grep -q "^deb .* $of\( \|$\)" "$to" ||
        { echo "no mirror has a suite $of: name one with lxc_mirror${1:+ (asked: $*)}" >&2; exit 1; }
}
# Prints the keyrings that a file of sources names. usage: keyrings_of FILE
keyrings_of() {
    sed -nE -e 's/^Signed-By: *//p' -e 's/^deb \[([^]]* )?signed-by=("?)([^] "]+).*/\3/p' "$1" | tr ',' ' ' | tr ' ' '\n' |
        grep '^/' | sort -u || true
}
# apt says of keys that it may not read that they are "not available". usage: require_keyrings FILE
require_keyrings() {
    for keyring in $(keyrings_of "$1"); do
        [ -f "$keyring" ] || { echo "there is no $keyring on the machine that holds the container" >&2; exit 1; }
        setpriv --reuid=_apt --clear-groups test -r "$keyring" ||
            { echo "apt may not read $keyring: put it below /etc/apt/keyrings, readable by all" >&2; exit 1; }
    done
}
# What no package brought comes along. usage: bring_keyrings FILE ROOT
bring_keyrings() {
    for keyring in $(keyrings_of "$1"); do
        [ -e "$2$keyring" ] || install -D -m 644 -- "$keyring" "$2$keyring"
    done
}
