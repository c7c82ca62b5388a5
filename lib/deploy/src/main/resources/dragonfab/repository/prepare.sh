# usage: PATH READY [SERVER-NAME PORT LOCATION]
# Makes an apt repository: its folders, the key that signs it, and, with a name, the site that nginx serves it by. What is
# there stays: the site's file may be edited. READY is remembered.
set -eu
umask 022
PATH="$PATH:/usr/sbin:/sbin"
path=$1 ready=$2
shift 2
state=/var/lib/dragonfab/repository
export GNUPGHOME="$state/gnupg" DEBIAN_FRONTEND=noninteractive

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
fingerprint() { gpg --batch --with-colons --list-secret-keys 2>/dev/null | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p'; }
[ -n "$(fingerprint)" ] || gpg --batch --quiet --passphrase '' --quick-generate-key \
    "dragonfab repository on $(hostname)" ed25519 sign never
gpg --batch --quiet --armor --export "$(fingerprint | head -n 1)" > "$path/.key.new"
mv -f -- "$path/.key.new" "$path/key.asc"

if [ $# -gt 0 ]; then
    name=$1 port=$2 location=$3
    site="dragonfab$(printf %s "$path" | tr / -)"
    cache="\$dragonfab_$(printf %s "$path" | tr -c 'a-zA-Z0-9' _)"
    file="/etc/nginx/sites-available/$site"
    six=
    [ ! -e /proc/net/if_inet6 ] || six="    listen [::]:$port;"
    [ -e "$file" ] || cat > "$file" <<SITE
# An index can change at any moment. What lies in the pool, or is named by its checksum, never does.
map \$uri $cache {
    default no-cache;
    "~/(pool|by-hash)/" "public, max-age=31536000, immutable";
}
server {
    listen $port;
$six
    server_name $name;
    location $location {
        alias $path/;
        autoindex on;
        add_header Cache-Control $cache;
    }
}
SITE
    ln -sf "../sites-available/$site" "/etc/nginx/sites-enabled/$site"
    said=$(nginx -t 2>&1) || { printf '%s\n' "$said" >&2; exit 1; }
    if [ -d /run/systemd/system ]; then
        systemctl enable --quiet nginx >&2
        systemctl reload-or-restart nginx >&2
    else
        nginx -s reload 2>/dev/null || nginx >&2
    fi
fi
grep -qxF -- "$ready" "$path/.ready" 2>/dev/null || printf '%s\n' "$ready" >> "$path/.ready"
