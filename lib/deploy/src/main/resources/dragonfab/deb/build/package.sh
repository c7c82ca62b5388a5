# usage: WORK NAME VERSION SUITE EPOCH WHY WHEEL INDEX TRUSTED COLLECTSTATIC PROJECT PYTHON
# Builds the sources on standard input (a tar archive, behind how the network is reached). Prints a line for each
# package, tab separated: file, name, version, architecture, sha256, dependencies and what it provides; then where it was
# built, and which names in alternatives apt finds.
set -eu
work=$1 name=$2 version=$3 suite=$4 epoch=$5 why=$6 wheel=$7 index=$8 trusted=$9
shift 9
collectstatic=$1 project=$2 python=$3
home=$HOME

# The name may be one that anybody can take: what is there has to be ours, and is not made anew.
# shellcheck disable=SC2174
mkdir -p -m 0700 -- "${work:?}"
[ "$(stat -c '%F %u' -- "$work")" = "directory $(id -u)" ] || { echo "$work belongs to somebody else" >&2; exit 1; }
chmod 0700 -- "$work"
find "$work/" -mindepth 1 -maxdepth 1 -exec rm -rf -- {} +
trap 'rm -f -- "$work/variables" "$work/login" "$work/apt.conf"' EXIT
take_network "$work"
mkdir "$work/source"
cd "$work/source"
tar -x --no-same-owner
chmod -R go-w,a+rX .
dated=false
if [ -f .dragonfab-times ]; then
    dated=true
    times=$(cat .dragonfab-times)
    rm .dragonfab-times
    printf '%s\n' "$times" | perl -ne '
        chomp;
        my ($time, $path) = split / /, $_, 2;
        -l $path or utime $time, $time, $path;
        while ($path =~ s{/[^/]*$}{}) { $folders{$path} = $time if $time > ($folders{$path} // 0) }
        END { utime $folders{$_}, $folders{$_}, $_ for keys %folders }'
fi

# What the caller has on its PATH is not what the package is built with.
clean() {
    # shellcheck disable=SC2016
    env -i HOME="$home" PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TZ=UTC \
        DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS:-}" SOURCE_DATE_EPOCH="$epoch" \
        DPKG_DEB_COMPRESSOR_TYPE=gzip DPKG_DEB_COMPRESSOR_LEVEL=1 \
        sh -c '. "$1" && shift && exec "$@"' sh "$work/variables" "$@"
}

if [ "$(clean dpkg-parsechangelog -S Version)" != "$version" ]; then
    {
        printf '%s (%s) %s; urgency=medium\n\n  * %s\n\n -- %s  %s\n\n' "$name" "$version" "$suite" "$why" \
            "$(clean dpkg-parsechangelog -S Maintainer)" "$(LC_ALL=C date -u -R -d "@$epoch")"
        cat debian/changelog
    } > "$work/changelog"
    mv "$work/changelog" debian/changelog
fi
# No file of a commit is later than the commit, and one that is later than the package loses its time.
[ "$dated" = true ] || epoch=$(clean dpkg-parsechangelog -S Timestamp)

if [ "$wheel" = true ]; then
    rm -rf wheelhouse
    set -- -m pip wheel --wheel-dir wheelhouse -r requirements.txt
    [ -z "$index" ] || set -- "$@" --index-url "$index"
    [ -z "$trusted" ] || set -- "$@" --trusted-host "$trusted"
    # pip starts others of its kind, and hands the address on to them as an argument: its login is in a file.
    clean env NETRC="$work/login" /usr/bin/python3 "$@" >&2
fi
if [ "$collectstatic" = true ]; then
    [ -f "$project/manage.py" ] || { echo "collectstatic: there is no $project/manage.py" >&2; exit 1; }
    clean "$python" "$project/manage.py" collectstatic --noinput >&2
fi
find . -name '*.pyc' -delete
# Without the executable bit, which a copy can lose, dpkg-buildpackage says only "permission denied".
chmod a+x debian/rules
clean dpkg-buildpackage -us -uc -b >&2 </dev/null

cd "$work"
if command -v lintian >/dev/null; then
    clean lintian --fail-on none --no-tag-display-limit ./*.changes 2>/dev/null | sed -n 's/^E: /lintian: /p' >&2 || true
fi
# This gzip begins anew at places that the content decides: one changed file changes some kilobytes of the package,
# and the next upload can do without the others. dpkg-deb itself cannot pack like that.
repack() {
    mkdir "$work/repack"
    cd "$work/repack"
    ar x "../$1"
    rm data.tar*
    dpkg-deb --fsys-tarfile "../$1" > data.tar
    gzip -n --rsyncable data.tar
    ar rcDS "$1" debian-binary control.tar* data.tar.gz
    cd "$work"
    mv "repack/$1" "$1"
    rm -r repack
}

field() { dpkg-deb -f "$deb" "$1" | tr '\n\t' '  '; }
for deb in *.deb; do
    case "$deb" in *-dbgsym_*) continue ;; esac
    repack "$deb"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$deb" "$(dpkg-deb -f "$deb" Package)" "$(dpkg-deb -f "$deb" Version)" \
        "$(dpkg-deb -f "$deb" Architecture)" "$(sha256sum < "$deb" | cut -d' ' -f1)" \
        "$(field Pre-Depends), $(field Depends)" "$(field Provides)"
done
# shellcheck source=/dev/null
printf 'machine\t%s\t%s\n' "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" "$(dpkg --print-architecture)"
for deb in *.deb; do
    echo "$(field Pre-Depends), $(field Depends)"
done | tr ',' '\n' | grep -F '|' | tr '|' '\n' | sed 's/^ *//; s/[ :(<[].*//; /^$/d' | sort -u | while read -r other; do
    found=$(apt-cache showpkg "$other" 2>/dev/null |
        awk '/^Versions: *$|^Reverse Provides: *$/ { yes = 1; next } /^[A-Z][A-Za-z ]*: *$/ { yes = 0 } yes && NF')
    [ -z "$found" ] || printf 'elsewhere\t%s\n' "$other"
done
