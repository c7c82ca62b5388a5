# usage: media-fill FOLDER OPTION...
# The other half for a folder without a file: all grow in a tree of their own and come to their places together. What
# a broken stream left of the tree is where the next run goes on.
tree=$arriving/tree
[ -z "$cut" ] || find "$arriving" -mindepth 1 -maxdepth 1 ! -name tree -exec rm -rf -- {} +
mkdir -p -- "$tree"
code=0
rsync "$@" . "$tree/" || code=$?
case $code in
0 | 24) ;;
11 | 23)
    rm -rf -- "$arriving"
    touch -d "$was" -- "$folder"
    exit "$code" ;;
*) exit "$code" ;;
esac
was=$(stat -c %y -- "$tree")
# Where something is in the way, as a file that came meanwhile, the rest joins what is there, name by name.
find "$tree" -mindepth 1 -maxdepth 1 -exec mv -f -t "$folder" -- {} + 2>/dev/null ||
    rsync -rlptgo --temp-dir="$arriving" --link-dest="$tree" -- "$tree/" "$folder/" || code=$?
chown --reference="$tree" -- "$folder"
chmod --reference="$tree" -- "$folder"
rm -rf -- "$arriving"
touch -d "$was" -- "$folder"
exit "$code"
