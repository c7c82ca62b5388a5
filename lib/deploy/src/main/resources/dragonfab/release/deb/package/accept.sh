# usage: NAME FILE...
# Writes down what these packages' own scripts and our steps have made of their files, of a release that went well.
set -eu
umask 077
accepted="/var/lib/dragonfab/$1/accepted"
shift
{
    for file do
        package=$(dpkg-deb -f "$file" Package)
        # dpkg writes the list when it has unpacked the package.
        changed_since "/var/lib/dpkg/info/$package.list" "$package" | sed '/^gone /d'
    done > "$accepted.new" && mv -f -- "$accepted.new" "$accepted"
} || { rm -f -- "$accepted.new"; exit 1; }
