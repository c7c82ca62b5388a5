# usage: fingerprint FOLDER
# What changes whenever another release is put there; fails where that cannot be told.
fingerprint() { sh "$1/rollback/fingerprint" 2>/dev/null; }
# usage: keep_seen FOLDER
# Keeps it whole or not at all: on a full disk it would be empty, as where somebody has removed the release.
keep_seen() {
    [ -f "$1/rollback/fingerprint" ] && found=$(fingerprint "$1") || return 0
    if printf '%s\n' "$found" > "$1/rollback/seen.new" && [ "$(cat "$1/rollback/seen.new")" = "$found" ] &&
        sync "$1/rollback/seen.new"; then
        mv -f -- "$1/rollback/seen.new" "$1/rollback/seen"
    else
        rm -f -- "$1/rollback/seen.new"
    fi
}
