# usage: NAME
# Prints the files that are no longer as the release brought them.
cd "/srv/$1/current" 2>/dev/null || exit 0
sha256sum --check --quiet .sums 2>/dev/null | sed -n "s#^\./\(.*\): FAILED.*#changed $PWD/\1#p"
