# usage: NAME VERSION
# Keeps the variables of a release on standard input, NAME='VALUE' lines behind their mark, for nobody but the site's user.
# Those that the release had stay beside them until a deploy is confirmed.
set -eu
name_site "$1"
version=$2 kept=$etc/app_env
umask 077
rm -f -- "$kept"/.*.before
cat > "$kept/.$version.new"
chown "root:$user" "$kept/.$version.new"
chmod 0640 "$kept/.$version.new"
[ ! -e "$kept/$version" ] || cp -p -- "$kept/$version" "$kept/.$version.before"
mv -- "$kept/.$version.new" "$kept/$version"
sync "$kept"
