# usage: STATE-FOLDER SHA256
# Reads answers, a line each, and gives them to debconf one by one: a value that ends in a backslash would
# swallow the next line, and there is no escaping. What debconf answered before is kept for the rollback, and the answers
# for whoever goes back to the package with that checksum.
set -eu
umask 077
back="$1/rollback"
mkdir -p "$back"
lines=$(cat)
if [ ! -f "$back/answers" ]; then
    questions=$(printf '%s\n' "$lines" | cut -d' ' -f2-3)
    printf '%s\n' "$questions" | sed 's/^\([^ ]*\).*/GET \1/' |
        debconf-communicate "${lines%% *}" > "$back/answers.old" 2>/dev/null || true
    printf '%s\n' "$questions" | paste -d ' ' - "$back/answers.old" | awk '
        $2 == "password" || $3 != "0" { print "RESET " $1; next }
        { question = $1; sub(/^[^ ]* [^ ]* 0 ?/, ""); print "SET " question " " $0 }' > "$back/answers.new"
    rm -f -- "$back/answers.old"
    sync "$back/answers.new"
    mv -f -- "$back/answers.new" "$back/answers"
fi
printf '%s\n' "$lines" | while IFS= read -r line; do
    warnings=$(printf '%s\n' "$line" | debconf-set-selections 2>&1) || {
        echo "debconf refused an answer for $(echo "$line" | cut -d' ' -f2)" >&2
        exit 1
    }
    case "$warnings" in *warning:*)
        echo "debconf warned of the answer for $(echo "$line" | cut -d' ' -f2)" >&2
        exit 1 ;;
    esac
done
rm -f "$1/answers"
[ -n "$2" ] || exit 0
mkdir -p -- "$1/answered"
printf '%s\n' "$lines" > "$1/answered/$2.new"
