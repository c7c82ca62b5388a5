# usage: NAME VERSION
# Keeps the variables of a release on standard input, NAME='VALUE' lines behind their mark, for nobody but the site's user.
set -eu
name_site "$1"
version=$2 kept=$etc/app_env
umask 077
IFS= read -r mark
cat > "$kept/.$version.new"
chown "root:$user" "$kept/.$version.new"
chmod 0640 "$kept/.$version.new"
mv "$kept/.$version.new" "$kept/$version"
printf '%s\n' "$mark" > "/var/lib/dragonfab/$name/app-env"
