# usage: [FOLDER-NOT-OURS...]
# Prints the commit that last touched this folder, the number of commits since the changelog's last change,
# the commit's time, then what is not committed. Exit 3 outside a git checkout.
set -eu
git rev-parse --is-inside-work-tree >/dev/null 2>&1 || exit 3
commit=$(git log -1 --format=%H -- .)
[ -n "$commit" ] || { echo "nothing of this folder is committed yet" >&2; exit 4; }
entry=$(git log -1 --format=%H -- debian/changelog)
if [ -n "$entry" ]; then
    later=$(git rev-list --count "$entry..HEAD" -- .)
else
    later=$(git rev-list --count HEAD -- .)
fi
echo "$commit"
echo "$later"
git log -1 --format=%ct "$commit"
for folder do
    set -- "$@" ":(exclude)$folder"
    shift
done
git status --porcelain -- . "$@"
