# usage: NAME
# Prints what a deploy has to know of this machine, as "key value" lines. Dozens are asked at once: each process counts.
set -eu
name=$1 state="/var/lib/dragonfab/$1"
! command -v rsync >/dev/null || echo "rsync yes"
[ ! -f "$state/answers" ] || echo "answers $(cat "$state/answers")"
[ ! -f "$state/way-back/armed" ] || echo "armed $(cat "$state/way-back/armed")"
[ ! -f "$state/maintenance.on" ] || echo "closed yes"
# What dpkg could not merge into its status is nothing to its own reports, and all to apt.
set -- /var/lib/dpkg/updates/*
[ ! -e "$1" ] || echo "unfinished yes"
journal="$state/journal"
[ -f "$journal" ] || journal=/dev/null
{
    dpkg-query -W -f 'dpkg\t${Package}\t${Architecture}\t${db:Status-Abbrev}\t${Version}\n'
    set -- "$state"/packages/*.deb
    # Three times as fast, where the processor can do it.
    if [ ! -f "$1" ]; then :
    elif command -v openssl >/dev/null; then openssl dgst -sha256 -r "$@"
    else sha256sum -- "$@"; fi
} | awk -F '\t' -v name="$name" '
    part == "journal" { if (!/"event":"step"/) print "journal " $0; next }
    $1 != "dpkg" { sum = substr($0, 1, 64); sub(/.*\//, ""); print "kept " sum " " $0; next }
    $2 == "dpkg" { print "architecture " $3 }
    $2 == name { print "installed " $4 "|" $5 }
    $4 ~ /^.([HUFWt]|.R)/ { unfinished = 1 }
    END { if (unfinished) print "unfinished yes" }' - part=journal "$journal"
