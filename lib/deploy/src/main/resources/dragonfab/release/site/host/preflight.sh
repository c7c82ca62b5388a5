# usage: NAME VERSION APP
# Loads a release as its user, before it serves anybody.
set -eu
name_site "$1"
version=$2 app=$3 release=$folder/releases/$2
exec runuser -u "$user" -- "$release/bin/run" python "$release/bin/preflight" "$app" </dev/null
