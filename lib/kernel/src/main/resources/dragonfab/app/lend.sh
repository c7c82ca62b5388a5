# usage: (none)
# Keeps standard input in a new file that nobody else can read, and prints its name.
set -eu
umask 077
file=$(mktemp)
cat > "$file"
echo "$file"
