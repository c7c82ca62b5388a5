# usage: UNIT...
# Prints the last words of these units.
set -eu
for unit do
    journalctl --no-pager -q -n 15 -o cat -u "$unit" 2>/dev/null || true
done
