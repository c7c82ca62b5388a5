# usage: NAME COMMENT
# Takes a snapshot of a container, stopped for that time; prints the snapshot's name.
set -eu
name=$1
names() { lxc-snapshot -n "$name" -L | sed -n 's|^\([^ ]*\) (/.*|\1|p'; }
was=$(lxc-info -n "$name" -sH)
comment=$(mktemp)
back() {
    rm -f "$comment"
    if [ "$was" = RUNNING ]; then lxc-start -n "$name" </dev/null >/dev/null 2>&1; fi
}
trap back EXIT
[ "$was" != RUNNING ] || lxc-stop -n "$name" -t 30
printf '%s\n' "$2" > "$comment"
# The list is in no order, and the first free number is taken: only what was not there before is new.
before=" $(names | tr '\n' ' ')"
lxc-snapshot -n "$name" -c "$comment" >&2
for each in $(names); do
    case "$before" in
    *" $each "*) ;;
    *) echo "$each" ;;
    esac
done
