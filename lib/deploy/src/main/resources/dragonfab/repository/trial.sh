# usage: NAME URL SUITE
# Prints, as "key value" lines, what stands in the way of having apt know a repository. Stands behind repository-sources.
# Reads its key. "apt" is why apt could read no source at all with it; "broken" that it cannot now, and could then;
# "shared" that all is there already. Nothing is changed.
set -eu
name=$1 url=$2 suite=$3
label=$(label_of "$url" "$suite")
source="$sources/$label.sources" keyring="$keyrings/$label.asc"
readable() { LC_ALL=C apt-get indextargets "$@" 2>&1 >/dev/null </dev/null; }
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
trap 'exit 1' HUP INT TERM
cat > "$work/key"
source_text "$url" "$suite" "$keyring" > "$work/source"
mkdir "$work/parts"
ours=$(of_one_application "$url" "$suite")
for file in "$sources"/*; do
    case "$file" in "$source" | "$sources/dragonfab-$name.sources") continue ;; esac
    if [ -f "$file" ] && ! printf '%s\n' "$ours" | grep -qxF -- "$file"; then ln -s "$file" "$work/parts/"; fi
done
cp "$work/source" "$work/parts/$label.sources"
if ! said=$(readable -o Dir::Etc::sourceparts="$work/parts"); then
    printf '%s\n' "$said" | sed 's/^/apt /'
    exit 0
fi
readable > /dev/null || echo "broken yes"
if [ -z "$ours" ] && cmp -s "$work/source" "$source" && cmp -s "$work/key" "$keyring" &&
    [ "$(cat "$states/$name/source" 2>/dev/null)" = "$label" ] && [ ! -e "$sources/dragonfab-$name.sources" ]; then
    echo "shared yes"
fi
