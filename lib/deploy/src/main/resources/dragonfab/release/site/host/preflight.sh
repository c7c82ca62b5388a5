# usage: NAME VERSION APP
# Loads a release as its user, before it serves anybody.
set -eu
name=$1 version=$2 app=$3
software=${name%-site-*} variant=${name##*-site-}
release=/usr/lib/$software-site/$variant/releases/$version
exec runuser -u "$software-$variant" -- "$release/bin/run" python "$release/bin/preflight" "$app" </dev/null
