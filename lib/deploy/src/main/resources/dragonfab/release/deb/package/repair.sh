# usage: NAME [FILE]
# Finishes what a step of ours was interrupted at, which would make apt refuse: the package, and what apt handed to dpkg
# with it. The package itself becomes that of FILE. What others left half done is theirs.
set -eu
name=$1 state="/var/lib/dragonfab/$1"
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
quietly() { dpkg --force-confdef --force-confold "$@" </dev/null || true; }
# Whatever opens dpkg's status to write brings into it what was left beside it.
dpkg --set-selections < /dev/null || true
if [ $# -gt 1 ]; then
    case "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null || true)" in
    ?"i ") ;;
    *) quietly -i "$2" ;;
    esac
fi
# Prints the names among ours whose status matches. usage: ours STATUS-PATTERN
ours() {
    dpkg-query -W -f '${Package} ${db:Status-Eflag} ${db:Status-Status}\n' | grep -E "$1" | cut -d ' ' -f 1 |
        sort -u | grep -xF -e "$name" -f "$names" || true
}
names="$state/touched.names"
cut -d ' ' -f 1 "$state/touched" 2>/dev/null | grep . | sort -u > "$names" || true
for broken in $(ours ' reinstreq '); do
    file=$(sed -n "s|^$(echo "$broken" | sed 's/[.+]/[&]/g') .* \(/.*\)|\1|p" "$state/touched" 2>/dev/null | tail -n 1)
    for deb in "$file" "$state"/packages/*.deb; do
        if [ -f "$deb" ] && [ "$(dpkg-deb -f "$deb" Package)" = "$broken" ]; then
            quietly -i "$deb"
            break
        fi
    done
done
# The triggers that it pulled belong to others.
waiting=$(ours ' (unpacked|half-configured|triggers-[a-z]*)$'
    [ ! -s "$names" ] || dpkg-query -W -f '${Package} ${db:Status-Status}\n' | sed -n 's/ triggers-[a-z]*$//p')
# shellcheck disable=SC2046
[ -z "$waiting" ] || quietly --configure $(echo "$waiting" | sort -u)
[ -n "$(ours ' reinstreq | (half-installed|unpacked|half-configured)$')" ] || rm -f -- "$state/touched"
rm -f -- "$names"
