#!/bin/sh
# usage: STATE-FOLDER RUN NAME KEEP
# apt runs it before dpkg begins, and tells it what dpkg gets: name, old version or -, direction, new version, file.
# What dpkg may leave half done is written down, and unless KEEP is yes, what was not there before this run.
set -eu
umask 077
state=$1 run=$2 name=$3 came="$1/came"
list=$(sed '1,/^$/d')
{ cat "$state/touched" 2>/dev/null || true; printf '%s\n' "$list"; } > "$state/touched.new"
sync "$state/touched.new"
mv -f -- "$state/touched.new" "$state/touched"
sync "$state"
[ "$4" != yes ] || exit 0
mkdir -p -- "$came"
if [ "$(cat "$came/run" 2>/dev/null)" != "$run" ]; then
    rm -f -- "$came/run" "$came/packages" "$came/upgraded"
    printf '%s\n' "$run" > "$came/run"
fi
if [ -f "/var/lib/dpkg/info/$name.list" ]; then
    sed -nE 's#^(/usr)?/lib/systemd/system/([^/]+\.(service|socket|timer|path))$#\2#p' "/var/lib/dpkg/info/$name.list" \
        > "$came/units"
fi
printf '%s\n' "$list" | while read -r package old _ new file; do
    case "$file" in /*) ;; *) continue ;; esac
    if [ "$old" != - ]; then
        [ "$package" = "$name" ] || echo "$package $old $new" >> "$came/upgraded"
    elif [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = config-files ]; then
        echo "$package rest" >> "$came/packages"
    else
        echo "$package new" >> "$came/packages"
    fi
    dpkg-deb -I "$file" conffiles 2>/dev/null | while read -r path; do
        case "$path" in /*) ;; *) continue ;; esac
        [ -e "$path" ] || [ -L "$path" ] || echo "$package $path" >> "$came/conffiles"
    done
done
sync "$came" "$came"/*
