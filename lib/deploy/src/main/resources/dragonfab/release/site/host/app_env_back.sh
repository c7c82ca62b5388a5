# usage: NAME VERSION
# Gives a release the variables that it had before this deploy, if the deploy gave it others.
set -eu
name_site "$1"
version=$2 kept=$etc/app_env
[ -e "$kept/.$version.before" ] || exit 0
mv -- "$kept/.$version.before" "$kept/$version"
sync "$kept"
restart_site
