# usage: media-fill FOLDER OPTION...
# The other half for an empty folder: all grow in a tree of their own and come to their places together. What a broken
# stream left of the tree is where the next run goes on. Exit 23 also when the folder is not empty any more.
gone() {
    rm -rf -- "$arriving"
    touch -d "$was" -- "$folder"
    exit "$1"
}
[ -z "$(find "$folder/" -mindepth 1 -maxdepth 1 ! -name .dragonfab-arriving -print -quit)" ] || gone 23
# Whom the folder belongs to may put another thing in the place of ours, but not into it.
# shellcheck disable=SC2164
cd -P -- "$arriving"
[ "$(stat -c '%u %a' .)" = '0 700' ] || { echo "$arriving was exchanged" >&2; exit 3; }
[ -z "$cut" ] || find . -mindepth 1 -maxdepth 1 ! -name tree -exec rm -rf -- {} +
mkdir -p tree
code=0
rsync "$@" . tree/ || code=$?
case $code in
0 | 24) ;;
11 | 23) gone "$code" ;;
*) exit "$code" ;;
esac
was=$(stat -c %y tree)
# Where something is in the way, as a file that came meanwhile, the rest joins what is there, file by file.
if ! find tree/ -mindepth 1 -maxdepth 1 -exec mv -f -t "$folder" -- {} + 2>/dev/null; then
    rsync -rlptgoHS --partial-dir=.dragonfab-partial --temp-dir="$arriving" tree/ "$folder/" || exit $?
fi
chown --reference=tree -- "$folder"
chmod --reference=tree -- "$folder"
gone "$code"
