# Stands before the scripts that sign, or make what signs. The key is that of this machine, for all of its repositories.
state=/var/lib/dragonfab/repository
export GNUPGHOME="$state/gnupg"
fingerprint() { gpg --batch --with-colons --list-secret-keys 2>/dev/null | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p'; }
# Has the folder hold the public key, where it has another or none. usage: show_key PATH
show_key() {
    signer=$(fingerprint | head -n 1)
    [ -n "$signer" ] || { echo "there is no key in $GNUPGHOME" >&2; exit 1; }
    gpg --batch --quiet --armor --export "$signer" > "$1/.key.new"
    if cmp -s "$1/.key.new" "$1/key.asc"; then rm -f -- "$1/.key.new"; else mv -f -- "$1/.key.new" "$1/key.asc"; fi
}
