#!/bin/bash
# Sourced by the benchmarks in shell: their options, and containers that are gone at the end, however it comes.
# A script names its options in `size`, and their values of the short form in `short`.
set -euo pipefail
declare -A size short

script=$(realpath "$0")
# In the folder of each container that a benchmark made: a name alone tells nothing of its owner.
mark=dragonfab-bench
prefix=${BENCH_PREFIX:-dfbench}
made=() folders=() lxc_path=

say() { printf '%s: %s\n' "${script##*/}" "$1" >&2; }
usage() { sed -n '2,/^[^#]/s/^# //p' "$script"; }
refuse() { say "$1"; usage >&2; exit 2; }

# usage: read_options OPTION...
# Leaves the values in `size`. What is given by name counts, and then --short.
read_options() {
    local name form=long
    local -A given=()
    while [ $# -gt 0 ]; do
        case $1 in
        -h | --help) usage; exit 0 ;;
        --short) form=short; shift; continue ;;
        --short=*) refuse "--short takes no value" ;;
        --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
        esac
        name=${1#--}
        [[ $1 == --* && $name =~ ^[a-z]+$ && " ${!size[*]} " == *" $name "* ]] || refuse "there is no option $1"
        [[ ${2-} =~ ^[1-9][0-9]{0,8}$ ]] || refuse "$1 takes a number from 1 to 999999999, not '${2-}'"
        given[$name]=$2
        shift 2
    done
    [ "$form" = long ] || for name in "${!short[@]}"; do size[$name]=${short[$name]}; done
    for name in "${!given[@]}"; do size[$name]=${given[$name]}; done
}

# usage: begin CONTAINER...
# Makes sure that the names are free, then installs this checkout into a folder of its own and goes there.
begin() {
    [[ $prefix =~ ^[A-Za-z0-9][A-Za-z0-9-]*$ ]] ||
        refuse "BENCH_PREFIX takes letters, digits and hyphens, not '$prefix'"
    [ "$(id -u)" -eq 0 ] || { say "needs root, for its containers"; exit 2; }
    # LXC closes this for its containers, so it is free once the benchmark and its commands have ended.
    exec 9>>/run/lock/dragonfab-bench
    flock -n 9 || { say "another benchmark runs on this machine, and each would measure the other"; exit 3; }
    lxc_path=$(lxc-config lxc.lxcpath 2>/dev/null || echo /var/lib/lxc)
    local name base
    for name in "$@"; do
        [ ! -e "$lxc_path/$name" ] || [ -e "$lxc_path/$name/$mark" ] || {
            say "the container $name is there already, and it is not a benchmark's"
            echo "try: BENCH_PREFIX=another $script" >&2
            exit 3
        }
    done
    trap 'remove $?' EXIT
    trap 'exit 130' INT
    # Marked ones are left of a run that was killed: those that run have the lock. Clones go before their base.
    for base in no yes; do
        for name in "$lxc_path"/*/"$mark"; do
            name=${name%/*} name=${name##*/}
            [[ $base:$name == no:*-base ]] || destroy "$name"
        done
    done
    work=$(mktemp -d)
    folders+=("$work")
    PATH="$work/bin:$PATH"
    "${script%/tests/bench/*}/install" --prefix "$work" >/dev/null
    cd "$work"
}

# usage: make CONTAINER
# Makes LXC and the template, too, where they are missing.
make() {
    made+=("$1")
    echo "environments: {one: {lxc: $1}}" > one.yml
    dragonfab init one -q -f one.yml
    lxc_path=$(lxc-config lxc.lxcpath)
    touch "$lxc_path/$1/$mark"
}

destroy() {
    [ -e "$lxc_path/$1" ] || return 0
    lxc-stop -k -n "$1" >/dev/null 2>&1 || true
    lxc-destroy -n "$1" >/dev/null 2>&1 || true
    [ ! -e "$lxc_path/$1" ] || { say "the container $1 could not be removed"; return 1; }
}

below() {
    local each
    for each in $(pgrep -P "$1"); do
        below "$each"
        echo "$each"
    done
}

# usage: remove EXIT-CODE
remove() {
    trap '' INT TERM HUP
    local name code=$1 running
    # A signal for this shell alone leaves the command that it waits for at work, which would make more.
    running=$(below $$)
    # shellcheck disable=SC2086
    if kill $running 2>/dev/null; then
        sleep 1
        kill -KILL $running 2>/dev/null || true
    fi
    for name in "${made[@]}"; do destroy "$name" || code=1; done
    rm -rf -- "${folders[@]}"
    [ "$code" -eq 0 ] || say "ended with exit code $code before it was done"
    exit "$code"
}
