# usage: NAME CHECKSUM-TO-KEEP...
# Removes the releases that nobody goes back to, and the environments and sources that no release needs; prints their
# names. What serves, what served before and what the installed package needs stays.
set -eu
name_site "$1"
shift
rm -rf -- "$folder"/releases/.*.new
for release in "$folder"/releases/*; do
    [ -d "$release" ] || continue
    version=${release##*/}
    [ "$(readlink "$etc/current")" != "$release" ] || continue
    sum=$(sed -n '1s/ .*//p' "$folder/artifacts/$version" 2>/dev/null || true)
    wanted=false
    for keep do
        [ "$keep" != "$sum" ] || wanted=true
    done
    [ "$wanted" = false ] || continue
    rm -rf -- "${release:?}" "$folder/artifacts/$version" "$etc/app_env/$version"
    echo "$version"
done
# Other variants have releases of the same software.
needed=$(readlink /usr/lib/"$software"-site/*/releases/*/env /usr/lib/"$software"-site/*/releases/*/src 2>/dev/null || true)
for list in /var/lib/dpkg/info/"$software"-env-*.list /var/lib/dpkg/info/"$software"-src-*.list; do
    [ -f "$list" ] || continue
    package=${list##*/}
    package=${package%.list}
    kind=${package#"$software"-}
    kind=${kind%%-*}
    printf '%s\n' "$needed" | grep -qxF "/usr/lib/$software-$kind/${package##*-}" && continue
    # One that an installed package still depends on stays, and dpkg says so.
    ! dpkg --purge "$package" </dev/null >/dev/null 2>&1 || echo "$package"
done
