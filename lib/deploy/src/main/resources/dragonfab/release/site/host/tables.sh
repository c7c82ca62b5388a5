# usage: NAME VERSION
# Prints "empty" where the database of that release has no table yet.
set -eu
name_site "$1"
release=$folder/releases/$2
exec runuser -u "$user" -- "$release/bin/run" python "$release/bin/tables" </dev/null
