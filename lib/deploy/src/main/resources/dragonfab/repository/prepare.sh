# usage: PATH READY [SERVER-NAME PORT LOCATION]
# Makes an apt repository: its folders, the key that signs it, and, with a name, the site that nginx serves it by. What is
# there stays: the site's file may be edited. READY is remembered. Stands behind repository-key.
set -eu
umask 022
PATH="$PATH:/usr/sbin:/sbin"
path=$1 ready=$2
shift 2
export DEBIAN_FRONTEND=noninteractive

missing=
command -v gpg >/dev/null || missing="gpg gpg-agent"
[ $# -eq 0 ] || command -v nginx >/dev/null || missing="$missing nginx-light"
if [ -n "$missing" ]; then
    apt() { apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 --no-install-recommends "$@" >&2 </dev/null; }
    apt update
    # shellcheck disable=SC2086
    apt install $missing
fi

mkdir -p "$state" "$path/pool/main" "$path/dists" "$path/.suites"
# shellcheck disable=SC2174
mkdir -p -m 0700 "$GNUPGHOME" "$path/.incoming"
chmod 0711 /var/lib/dragonfab
chmod 0700 "$state"
exec 9>>"$state/lock"
flock -w 300 9 || { echo "another process has been at work on the repository for 300 s" >&2; exit 75; }
# An agent that stays keeps the connection open.
trap 'gpgconf --kill all; rm -f -- "$path/.key.new"' EXIT
[ -n "$(fingerprint)" ] || gpg --batch --quiet --passphrase '' --quick-generate-key \
    "dragonfab repository on $(hostname)" ed25519 sign never
show_key "$path"

serve() {
    name=$1 port=$2 location=$3
    available=/etc/nginx/sites-available
    site="dragonfab$(printf %s "$path" | tr / -)"
    cache="\$dragonfab_$(printf %s "$path" | tr -c 'a-zA-Z0-9' _)"
    file="$available/$site" enabled="/etc/nginx/sites-enabled/$site"
    made=
    if [ ! -e "$file" ]; then
        together=$(same_name)
        part="/etc/nginx/dragonfab/${together##*/}/$site.conf"
        made="$file $enabled"
        if [ -n "$together" ]; then
            made="$made $part"
            mkdir -p "${part%/*}"
            location_text > "$part"
            mapping > "$file"
            include_parts "$together"
        else
            { mapping; server_text; } > "$file"
        fi
    fi
    ln -sf "../sites-available/$site" "$enabled"
    # Of two blocks with one name nginx serves the first, and only warns.
    if ! said=$(nginx -t 2>&1) ||
        { [ -n "$made" ] && printf '%s\n' "$said" | grep -qF "conflicting server name \"$name\" on "; }; then
        printf '%s\n' "$said" >&2
        # shellcheck disable=SC2086
        [ -z "$made" ] || rm -f -- $made
        exit 1
    fi
    if [ -d /run/systemd/system ]; then
        systemctl enable --quiet nginx >&2
        systemctl reload-or-restart nginx >&2
    else
        nginx -s reload 2>/dev/null || nginx >&2
    fi
}
# The site of another folder that nginx serves under this name and port; one server block has to be for both.
same_name() {
    for other in "$available"/dragonfab-*; do
        [ -e "/etc/nginx/sites-enabled/${other##*/}" ] || continue
        if awk -v name="$name" -v port="$port" '
            { gsub(/;/, " ") }
            $1 == "server_name" { for (i = 2; i <= NF; i++) if ($i == name) named = 1 }
            $1 == "listen" && ($2 == port || $2 ~ ":" port "$") { listens = 1 }
            END { exit !(named && listens) }' "$other"; then
            echo "$other"
            return
        fi
    done
}
mapping() {
    cat <<MAPPING
# An index can change at any moment. What lies in the pool, or is named by its checksum, never does.
map \$uri $cache {
    default no-cache;
    "~/(pool|by-hash)/" "public, max-age=31536000, immutable";
}
MAPPING
}
server_text() {
    six=
    [ ! -e /proc/net/if_inet6 ] || six="    listen [::]:$port;"
    cat <<SERVER
server {
    listen $port;
$six
    server_name $name;
    include /etc/nginx/dragonfab/$site/*.conf;
$(location_text | sed 's/^/    /')
}
SERVER
}
location_text() {
    cat <<LOCATION
location $location {
    alias $path/;
    autoindex on;
    add_header Cache-Control $cache;
}
LOCATION
}
# A site that was written by an earlier release lacks the line. usage: include_parts SITE-FILE
include_parts() {
    line="include /etc/nginx/dragonfab/${1##*/}/*.conf;"
    grep -qF -- "$line" "$1" || sed -i "0,/^\( *\)server_name .*/s||&\n\1$line|" "$1"
}
[ $# -eq 0 ] || serve "$@"
grep -qxF -- "$ready" "$path/.ready" 2>/dev/null || printf '%s\n' "$ready" >> "$path/.ready"
