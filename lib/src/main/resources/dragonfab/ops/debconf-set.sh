# usage: STATE-FOLDER
# Reads answers, a line each, and gives them to debconf one by one: a value that ends in a backslash would
# swallow the next line, and there is no escaping.
set -eu
umask 077
mkdir -p "$1"
while IFS= read -r line; do
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
