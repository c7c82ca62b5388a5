# usage: FOLDER VERSION SECONDS RUNNING FAILING [ASK STATUS CONTAINS | ASK -]
# Where nobody may go back, and nobody confirmed: the outcome is "deployed" when the line RUNNING prints this version, visitors
# are let in or shut out as before the run, the line FAILING finds no unit, and the line ASK gets that STATUS and a text
# that CONTAINS that, all within SECONDS; otherwise it is "needs attention". With - standard input says the STATUS, three
# lines that ASK reads, and the text.
set -u
umask 077
folder=$1 version=$2 seconds=$3 running=$4 failing=$5 ask=${6:-} status=${7:-} contains=${8:-}
uptime() { cut -d . -f 1 /proc/uptime; }
end=$(($(uptime) + seconds))
what=
if [ "$status" = - ]; then
    IFS= read -r status
    for line in 1 2 3; do
        IFS= read -r line
        what="$what$line
"
    done
    contains=$(cat)
fi
back="$folder/rollback"
outcome() {
    printf '%s\n' "$1" > "$back/outcome.new" && mv -f -- "$back/outcome.new" "$back/outcome"
    exit
}
shut() {
    if [ -e "$1/maintenance.on" ]; then echo shut; fi
}
answers_well() {
    [ -n "$ask" ] || return 0
    answer=$(printf %s "$what" | sh -c "$ask") || return 1
    case "$(printf '%s\n' "$answer" | head -n 1)" in
        "$status" | "$status "*) ;;
        *) return 1 ;;
    esac
    case "$(printf '%s\n' "$answer" | tail -n +2)" in
        *"$contains"*) ;;
        *) return 1 ;;
    esac
}
[ "$(shut "$folder")" = "$(shut "$back/site")" ] || outcome "needs attention"
[ "$(sh -c "$running")" = "$version" ] || outcome "needs attention"
# Any word counts, also one about a locale that this machine has not.
until [ -z "$(LC_ALL=C sh -c "$failing" 2>&1)" ] && answers_well; do
    [ "$(uptime)" -lt "$end" ] || outcome "needs attention"
    sleep 1
done
outcome deployed
