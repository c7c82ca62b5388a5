# usage: coming|kept RECOMMENDS FILE...
# Prints why apt could not install these files as this machine stands, as "key value" lines; nothing where it could.
# Before those, what was changed here of the packages: "edited" is what the coming ones would overwrite or take away,
# "deleted" what they bring back, "stays" what they leave as it is; and "starts nothing" says that they bring nothing
# that starts.
# Nothing is changed. What is coming may need packages that apt's lists do not have yet, and the installation fetches new
# ones then: so only what those cannot change is said of it.
set -eu
what=$1 recommends=$2
shift 2
export LC_ALL=C
# Whether a package has that very file; one that was made by hand may have no sums. usage: brings FILE MD5 PATH
brings() {
    dpkg-deb -I "$1" md5sums 2>/dev/null | grep -qxF -- "$2  ${3#/}" ||
        [ "$(dpkg-deb --fsys-tarfile "$1" | tar -xO -- ".$3" 2>/dev/null | md5sum | cut -d ' ' -f 1)" = "$2" ]
}
# Its lists are read at once, all of its names only by unpacking it. usage: listed|named FILE
listed() { dpkg-deb -I "$1" md5sums 2>/dev/null | sed 's/^[^ ]*  //'; dpkg-deb -I "$1" conffiles 2>/dev/null || true; }
named() { dpkg-deb --fsys-tarfile "$1" | tar -t; }
started=
for file do
    if listed "$file" | starts_something || named "$file" | starts_something; then started=yes; fi
done
[ -n "$started" ] || echo "starts nothing"
if [ "$what" = coming ]; then
    # They lie in the site's folder.
    site=${1%/packages/*} site=${site##*/}
    for file do
        package=$(dpkg-deb -f "$file" Package)
        edited "$site" "$package" | while read -r sum path; do
            if [ "$sum" = gone ]; then
                echo "deleted $path"
            elif ! brings "$file" "$sum" "$path"; then
                echo "edited $path"
            fi
        done
        { edited_conffiles "$package"; overrides "$package"; } | sed 's/^/stays /'
    done
fi
simulate() {
    [ "$recommends" = true ] || set -- --no-install-recommends "$@"
    apt-get -s -y -q -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= --allow-downgrades "$@" 2>&1 </dev/null
}
# Most releases need nothing that is not there: without its lists apt says so in a tenth of the time, and it can go back
# where it cannot read its sources.
alone() {
    [ "$recommends" != true ] && simulate -o Dir::State::lists=/dev/null -o Dir::Etc::sourcelist=/dev/null \
        -o Dir::Etc::sourceparts=/dev/null --no-remove install "$@"
}
if [ "$what" = coming ] && ! said=$(apt-get indextargets 2>&1 >/dev/null </dev/null); then
    echo "$said" | sed 's/^/apt /'
    exit 0
fi
if ! said=$(alone "$@") && ! said=$(simulate --no-remove install "$@"); then
    held=$(apt-mark showhold)
    if [ -n "$held" ] && freed=$(simulate --no-remove --ignore-hold --allow-change-held-packages install "$@"); then
        for package in $held; do
            if echo "$freed" | grep -qE "^(Inst|Conf|Remv) $(echo "$package" | sed 's/[.+]/[&]/g') "; then
                echo "held $package"
            fi
        done
        exit 0
    fi
    fixable=$(echo "$said" | grep -F -e --fix-broken || true)
    [ "$what" = kept ] || [ -n "$fixable" ] || exit 0
    [ -z "$fixable" ] || echo "fixable yes"
    echo "$said" | sed 's/^/apt /'
    exit 0
fi

# Old and new lie side by side for a moment, so all of the new has to fit, in kilobytes; dpkg writes its status anew.
need=$(for file do dpkg-deb -f "$file" Installed-Size || true; done | awk '{ n += $1 } END { print n + 0 }')
others=$(echo "$said" | sed -nE '/ local-deb \[/d; s/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+) .*/\1=\3/p')
load=0 other=0
if [ -n "$others" ]; then
    # shellcheck disable=SC2086
    sizes=$(apt-cache show --no-all-versions $others 2>/dev/null |
        awk '/^Installed-Size:/ { size += $2 } /^Size:/ { load += $2 } END { print size + 0, int(load / 1024) + 1 }')
    other=${sizes% *} load=${sizes#* }
fi
status=$(($(stat -c %s /var/lib/dpkg/status) / 512 + 4096))
# Files of ours that say nothing of their size unpack to some times that of their own.
packed=$(stat -Lc %s "$@" | awk '{ n += $1 } END { print int(n / 1024) }')
[ "$need" -gt "$packed" ] || need=$((packed * 4))

# Kilobytes and inodes that root can still fill. usage: free FOLDER
free() {
    folder=$1
    while [ ! -d "$folder" ]; do folder=${folder%/*} folder=${folder:-/}; done
    stat -f -c '%f %S %d %c' "$folder" | awk '{ printf "%d %d\n", $1 * ($2 / 1024), $4 ? $3 : 1e9 }'
}
tight=
for folder in / /usr /var /var/cache/apt/archives /opt /srv; do
    there=$(free "$folder")
    if [ "${there% *}" -le $((need + other + load + status)) ] || [ "${there#* }" -le 200000 ]; then tight=yes; fi
done
[ -n "$tight" ] || exit 0

# A closer look costs time: where each file goes, in whole blocks. Of what is still to come, nobody knows.
{
    for file do dpkg-deb -c "$file"; done | awk '
        { path = $6; sub(/^\./, "", path); split(path, part, "/"); top = "/" part[2] }
        top ~ /^\/(bin|sbin|lib.*)$/ { top = "/usr" }
        top !~ /^\/(usr|var|opt|srv|boot|home)$/ { top = "/" }
        { size[top] += /^-/ ? int(($3 + 4095) / 4096) * 4 : 0; count[top]++ }
        END { for (top in size) print top, size[top], count[top] }'
    echo "/usr $other $((other / 10))"
    echo "/var $status 50"
    echo "/var/cache/apt/archives $load 10"
} | while read -r folder size count; do
    there=$folder
    while [ ! -d "$there" ]; do there=${there%/*} there=${there:-/}; done
    echo "$(stat -c %d "$there") $(df -P "$there" | awk 'NR == 2 { print $6 }') $(free "$there") $size $count"
done | awk '{ mount[$1] = $2; free[$1] = $3; inodes[$1] = $4; size[$1] += $5; count[$1] += $6 }
    END { for (disk in mount) {
        if (size[disk] > free[disk]) print "room", mount[disk], size[disk], free[disk]
        if (count[disk] > inodes[disk]) print "inodes", mount[disk], count[disk], inodes[disk]
    } }'
echo "cached $(du -sk /var/cache/apt/archives 2>/dev/null | cut -f 1)"
echo "logged $(du -sk /var/log/journal 2>/dev/null | cut -f 1)"
