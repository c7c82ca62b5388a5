# usage: NAME
# Finishes what an installation of ours was interrupted at.
set -eu
name_site "$1"
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 DRAGONFAB_DEPLOY=1
rm -rf -- "$folder"/releases/.*.new
dpkg --set-selections < /dev/null || true
ours() {
    dpkg-query -W -f '${Package} ${db:Status-Eflag} ${db:Status-Status}\n' | grep -E "$1" | cut -d ' ' -f 1 |
        grep -E -e "^$name\$" -e "^$software-(env|src)-[0-9a-f]+\$" || true
}
# What is unpacked in part only cannot be configured; it served nobody.
for broken in $(ours ' reinstreq | half-installed$'); do
    case "$broken" in
    "$name") ;;
    *) dpkg --force-remove-reinstreq --force-depends --purge "$broken" </dev/null || true ;;
    esac
done
waiting=$(ours ' (unpacked|half-configured|triggers-[a-z]*)$')
# shellcheck disable=SC2086
[ -z "$waiting" ] || dpkg --force-confdef --force-confold --configure $waiting </dev/null || true
