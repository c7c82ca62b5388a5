# Stands before each script that asks what somebody changed of an installed package, behind package-units and
# package-conffiles.
# usage: changed_since MARK PACKAGE
# Prints "MD5 PATH" of each file that was changed since MARK was written, and "gone PATH" of each that was taken away.
# Without MARK, of each file that is not as the package has it.
changed_since() {
    for list in "/var/lib/dpkg/info/$2.md5sums" "/var/lib/dpkg/info/$2":*.md5sums; do [ ! -f "$list" ] || break; done
    [ -f "$list" ] || return 0
    since=
    [ ! -e "$1" ] || since="-newercm $1"
    # shellcheck disable=SC2016
    found=$(cd / && sed 's/^[^ ]*  //' "$list" | xargs -r -d '\n' sh -c '
        since=$0
        find "$@" -maxdepth 0 $since -printf "new %p\n" -o -printf "old %p\n" 2>/dev/null || true' "$since" |
        awk -v list="$list" '
            BEGIN { while ((getline line < list) > 0) left[substr(line, index(line, "  ") + 2)] = 1 }
            { delete left[substr($0, 5)] }
            /^new / { print }
            END { for (path in left) print "gone  " path }')
    [ -n "$found" ] || return 0
    {
        printf '%s\n' "$found" | sed -n 's/^new //p' | (cd / && xargs -r -d '\n' md5sum -- 2>/dev/null || true) |
            grep -vxF -f "$list" || true
        printf '%s\n' "$found" | sed -n '/^gone  /p'
    } | while read -r sum path; do
        if [ "$sum" = gone ] && [ -n "$since" ]; then
            # Hosts may keep dpkg from unpacking some files, and then nobody has taken them away.
            folder=/${path%/*}
            while [ ! -d "$folder" ]; do folder=${folder%/*}; done
            [ -n "$(find "$folder" -maxdepth 0 -newer "$1")" ] || continue
        fi
        ! grep -qxF -- "/$path" /var/lib/dpkg/diversions 2>/dev/null || continue
        ! conffiles_of "$2" | sed 's/^[^ ]* //' | grep -qxF -- "/$path" || continue
        echo "$sum /$path"
    done
}
# The same, but for what the package's own scripts and our own steps made of it, of NAME's site.
# usage: edited NAME PACKAGE
edited() {
    accepted="/var/lib/dragonfab/$1/accepted"
    [ -f "$accepted" ] || accepted=/dev/null
    changed_since "/var/lib/dragonfab/$1/installed" "$2" | grep -vxF -f "$accepted" || true
}
# Prints the conffiles that somebody edited. usage: edited_conffiles PACKAGE
edited_conffiles() {
    conffiles_of "$1" | while read -r sum path; do
        [ ! -f "$path" ] || [ "$(md5sum < "$path" | cut -d ' ' -f 1)" = "$sum" ] || echo "$path"
    done
}
# Prints what stands over the package's units. usage: overrides PACKAGE
overrides() {
    for unit in $(units_of "$1"); do
        for file in "/etc/systemd/system/$unit" "/etc/systemd/system/$unit.d"/*.conf \
            "/etc/systemd/system.control/$unit.d"/*.conf; do
            if [ -L "$file" ]; then
                [ "$(readlink "$file")" != /dev/null ] || echo "$file"
            elif [ -f "$file" ]; then
                echo "$file"
            fi
        done
    done
}
