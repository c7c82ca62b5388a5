# usage: NAME VERSION
# Keeps the variables of a release on standard input, NAME='VALUE' lines behind their mark, for nobody but the site's user.
set -eu
name=$1 version=$2
software=${name%-site-*} variant=${name##*-site-}
folder=/etc/$software-site/$variant/app_env
umask 077
IFS= read -r mark
cat > "$folder/.$version.new"
chown "root:$software-$variant" "$folder/.$version.new"
chmod 0640 "$folder/.$version.new"
mv "$folder/.$version.new" "$folder/$version"
printf '%s\n' "$mark" > "/var/lib/dragonfab/$name/app-env"
