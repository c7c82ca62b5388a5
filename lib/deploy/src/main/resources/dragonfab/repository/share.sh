# usage: NAME URL SUITE
# Has apt know a repository, for dependencies of what comes from there. Stands behind repository-sources. Reads the key
# that the repository is signed with; no other repository is believed for it.
set -eu
umask 022
name=$1 url=$2 suite=$3
label=$(label_of "$url" "$suite")
source="$sources/$label.sources" keyring="$keyrings/$label.asc"
lock_sources
mkdir -p "$keyrings"
replace "$keyring"
# At any moment there is one source of that place, and the keyring that it names.
gone=
for file in $(of_one_application "$url" "$suite"); do
    other=$(application_of "$file")
    remember "$other" "$label"
    if [ -e "$source" ]; then rm -f -- "$file"; else mv -- "$file" "$source"; fi
    gone="$gone $keyrings/dragonfab-$other.asc"
done
source_text "$url" "$suite" "$keyring" | replace "$source"
# shellcheck disable=SC2086
[ -z "$gone" ] || rm -f -- $gone
leave_source "$name" "$label"
remember "$name" "$label"
