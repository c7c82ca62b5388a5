# usage: NAME
# Prints the files of the release that serves which somebody changed, the path last on each line.
name_site "$1"
release=$(readlink "$etc/current") || exit 0
for part in env src; do
    package=$(readlink "$release/$part") || continue
    dpkg --verify "$software-$part-${package##*/}" 2>/dev/null | grep -v '^??$' || true
done
