# usage: NAME COMMENT
# Takes a snapshot of a container, stopped for that time; prints the snapshot's name.
set -eu
name=$1
names() { lxc-snapshot -n "$name" -L | sed -n 's|^\([^ ]*\) (/.*|\1|p'; }
# The list is in no order, and the first free number is taken: only what was not there before is new.
new() {
    for each in $(names); do
        case "$before" in
        *" $each "*) ;;
        *) echo "$each" ;;
        esac
    done
}

mkdir -m 0700 /run/dragonfab 2>/dev/null || [ -d /run/dragonfab ]
exec 9>"/run/dragonfab/lxc-$name"
flock -w 300 9 || { echo "another process has been changing $name for 300 s" >&2; exit 1; }
was=$(lxc-info -n "$name" -sH)
comment=$(mktemp)
# Whoever started it may hold locks, which it would hold from then on.
back() {
    rm -f "$comment"
    if [ "$was" = RUNNING ]; then lxc-start -n "$name" </dev/null >/dev/null 2>&1 8>&- 9>&-; fi
}
trap back EXIT
[ "$was" != RUNNING ] || lxc-stop -n "$name" -t 30
printf '%s\n' "$2" > "$comment"
before=" $(names | tr '\n' ' ')"
if ! lxc-snapshot -n "$name" -c "$comment" >&2; then
    # A part of it would lie there for ever, on a disk that may be full because of it.
    for each in $(new); do lxc-snapshot -n "$name" -d "$each" >&2 || true; done
    exit 1
fi
new
