# usage: [NAME]
# Prints what a deploy will meet on this machine, as "key value" lines; without being root it knows less.
set -u
PATH="$PATH:/usr/sbin:/sbin"
(. /etc/os-release && echo "system ${PRETTY_NAME:-unknown}") 2>/dev/null
echo "architecture $(dpkg --print-architecture 2>/dev/null)"
echo "time $(date +%s)"
for folder in / /var; do
    echo "disk $folder $(df -Pk "$folder" | awk 'NR == 2 { print $4 }')"
done
dpkg --audit 2>/dev/null | sed -n 's/^ \([^ ]*\) .*/unfinished \1/p'
if command -v apt-get >/dev/null; then
    LC_ALL=C apt-get indextargets 2>&1 >/dev/null </dev/null | sed -n 's/^E: /unreadable /p'
fi
for lock in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock; do
    inode=$(stat -c %i "$lock" 2>/dev/null) || continue
    awk -v end=":$inode" '{ n = split($6, part, ":"); if (":" part[n] == end) print $5 }' /proc/locks 2>/dev/null |
        sort -u | while read -r pid; do
            echo "locked $( (cat "/proc/$pid/comm" 2>/dev/null || echo process) | tr -dc '[:alnum:]._+-') $pid"
        done
done | sort -u
[ ! -d /run/systemd/system ] || echo "has systemd"
for program in python3 debconf-set-selections; do
    if command -v "$program" >/dev/null; then echo "has $program"; fi
done
name=${1:-}
if [ -n "$name" ]; then
    state="/var/lib/dragonfab/$name"
    echo "installed $(dpkg-query -W -f '${db:Status-Abbrev} ${Version}' "$name" 2>/dev/null | sed -n 's/^[ih]i *//p')"
    list="/var/lib/dpkg/info/$name.list"
    if [ -f "$list" ] && ! starts_something < "$list"; then echo "starts nothing"; fi
    echo "kept $(find "$state/packages" -name "${name}_*.deb" 2>/dev/null | wc -l)"
fi
exit 0
