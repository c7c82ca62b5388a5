# Stands before the scripts that are about apt's sources. A repository and suite has one source and one keyring, whatever
# number of applications come from it: apt reads no source at all where two of the same place name two keyrings. Who comes
# from there has the name of both in its folder.
sources=/etc/apt/sources.list.d keyrings=/etc/apt/keyrings states=/var/lib/dragonfab
# The name of both files. usage: label_of URL SUITE
label_of() {
    plain=$(printf '%s' "$1" | sed -e 's,^[a-z]*://,,' -e 's,^[^/]*@,,')
    printf 'dragonfab-%s-%s' "$(printf '%s-%s' "$plain" "$2" | tr -c 'A-Za-z0-9.' -)" \
        "$(printf '%s %s' "$1" "$2" | sha256sum | cut -c 1-8)"
}
# Writes a file at once, and only where it differs. usage: replace FILE
replace() {
    part="${1%/*}/.${1##*/}.part"
    cat > "$part"
    if cmp -s "$part" "$1"; then rm -f -- "$part"; else mv -f -- "$part" "$1"; fi
}
# usage: source_text URL SUITE KEYRING
source_text() { printf '%s\n' "Types: deb" "URIs: $1" "Suites: $2" "Components: main" "Signed-By: $3"; }
# Files of that place that are named by an application, one of which was enough once. usage: of_one_application URL SUITE
of_one_application() {
    for file in "$sources"/dragonfab-*.sources; do
        if [ ! -f "$file" ] || [ "$file" = "$sources/$(label_of "$1" "$2").sources" ]; then continue; fi
        if sed -n 's,^URIs: \(.*[^/]\)/*$,\1,p' "$file" | grep -qxF -- "$1" && grep -qxF -- "Suites: $2" "$file"; then
            echo "$file"
        fi
    done
}
application_of() {
    name_of=${1##*/dragonfab-}
    echo "${name_of%.sources}"
}
lock_sources() {
    # shellcheck disable=SC2174
    mkdir -p -m 0711 "$states"
    exec 8>>"$states/.sources"
    flock -w 300 8 || { echo "another process has been at apt's sources for 300 s" >&2; exit 75; }
}
# usage: remember APPLICATION LABEL
remember() {
    [ -d "$states/$1" ] || mkdir -m 0700 "$states/$1"
    printf '%s\n' "$2" | replace "$states/$1/source"
}
# Takes both files away unless another application comes from there. usage: leave_source APPLICATION [LABEL-THAT-STAYS]
leave_source() {
    before=$(cat "$states/$1/source" 2>/dev/null || true)
    if [ -n "$before" ] && [ "$before" != "${2:-}" ]; then
        rm -f -- "$states/$1/source"
        cat "$states"/*/source 2>/dev/null | grep -qxF -- "$before" ||
            rm -f -- "$sources/$before.sources" "$keyrings/$before.asc"
    fi
    if [ "dragonfab-$1" != "${2:-}" ]; then rm -f -- "$sources/dragonfab-$1.sources" "$keyrings/dragonfab-$1.asc"; fi
}
