# usage: WORK
# Unpacks a package that was built before, on standard input, at its final path.
set -eu
cat > "$1/before.deb"
dpkg-deb -x "$1/before.deb" /
rm -f "$1/before.deb"
