# usage: WORK RELEASE PACKAGE SETTINGS|"" EPOCH
# Packs a site: its files are on standard input, a line each of mode, path and content in base64. PACKAGE is the folder
# in it that shows the release. Django's static files are collected with the release at its final path.
set -eu
work=$1 release=$2 package=$3 settings=$4 epoch=$5
: > "$work/variables"
root=$work/site
mkdir -p "$root"
while read -r mode path content; do
    case "$path" in
    release/*) file=$release/${path#release/} ;;
    *) file=$root/$path ;;
    esac
    mkdir -p "${file%/*}"
    case "$mode" in
    link) ln -sfn "$(printf %s "$content" | base64 -d)" "$file" ;;
    *) printf %s "$content" | base64 -d > "$file" && chmod "$mode" "$file" ;;
    esac
done
if [ -n "$settings" ]; then
    clean \
        env DRAGONFAB_STATIC="$release/static" "$release/bin/run" python manage.py collectstatic --noinput --verbosity 0 >&2 </dev/null
fi
mkdir -p "$root$package"
cp -a "$release/." "$root$package/"
pack "$root" "$epoch"
