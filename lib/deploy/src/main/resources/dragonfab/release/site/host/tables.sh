# usage: NAME VERSION
# Prints "empty" where the database of that release has no table yet.
set -eu
name=$1 version=$2
software=${name%-site-*} variant=${name##*-site-}
release=/usr/lib/$software-site/$variant/releases/$version
exec runuser -u "$software-$variant" -- "$release/bin/run" python "$release/bin/tables" </dev/null
