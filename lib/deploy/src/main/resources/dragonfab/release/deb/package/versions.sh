# usage: PACKAGE...
# Prints the version of each that is installed here.
set -u
for package do
    dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' "$package" 2>/dev/null | sed -n 's/^installed //p'
done
exit 0
