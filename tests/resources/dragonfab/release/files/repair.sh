# usage: NAME
# Removes what is not whole; what the link is at stays, whatever it is.
set -eu
cd "/srv/$1"
rm -rf -- incoming current.new
for folder in a b; do
    [ -e "$folder/.release" ] || [ "$(readlink current || true)" = "$folder" ] || rm -rf -- "$folder"
done
