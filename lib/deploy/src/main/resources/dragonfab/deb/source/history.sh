# usage: COMMIT|"" [FOLDER-NOT-OURS...]
# Prints the commit that last touched this folder, how many commits came since the changelog's last change, the commit's
# time, and without COMMIT, of what is checked out, what is not committed. Exit 3 where there is no git repository; exit 4
# where its commits cannot be counted or packed: then standard error says why, and behind "try: " what helps.
set -eu
revision=$1
shift
head=${revision:-HEAD}
refuse() {
    printf '%s\n' "$1" >&2
    [ -z "${2:-}" ] || printf 'try: %s\n' "$2" >&2
    exit 4
}
folder=$(pwd -P)
while [ ! -e "$folder/.git" ]; do
    [ -n "$folder" ] || exit 3
    folder=${folder%/*}
done
(unset -f git && command -v git >/dev/null) ||
    refuse "$folder is a git repository, and there is no git on this machine" "sudo apt-get install git"
inside=$(git rev-parse --is-inside-work-tree 2>&1) || refuse "$inside" \
    "$(printf '%s\n' "$inside" | sed -n 's/^[[:space:]]*\(git config --global --add safe.directory .*\)/\1/p')"
[ "$inside" = true ] || refuse "$folder/.git has no files of its own here"
commit=$(git log -1 --format=%H "$head" -- . 2>/dev/null) || commit=
[ -n "$commit" ] || refuse "nothing of this folder is committed yet" "git add . && git commit"

entry=$(git log -1 --format=%H "$head" -- debian/changelog)
shallow=$(git rev-parse --git-path shallow)
# Where history is cut off, everything seems to come with that commit. Without a changelog nothing is counted from it.
if [ -n "$(git ls-tree "$head" -- debian/changelog)" ] && [ -s "$shallow" ] && { [ -z "$entry" ] || {
    printf '%s\n' "$entry" "$commit"
    git rev-list "$entry..$head"
} | grep -qxFf "$shallow"; }; then
    refuse "this clone is shallow, so its commits cannot be counted" "git fetch --unshallow"
fi

require_submodules() {
    submodules "$1" | while IFS=' ' read -r pinned module; do
        if [ ! -e "$module/.git" ] || ! git -C "$module" cat-file -e "$pinned^{commit}" 2>/dev/null; then
            refuse "the submodule $2$module is not here as it is committed" "git submodule update --init --recursive"
        fi
        (cd "$module" && require_submodules "$pinned" "$2$module/")
    done
}
require_submodules "$head" ""
# What is left out of archives is left out of packages, but there is no package without this folder.
if [ -n "$(git ls-tree "$head" -- debian/changelog)" ] &&
    ! git_archive "$head" -- debian 2>/dev/null | tar -t 2>/dev/null | grep -qx debian/changelog; then
    refuse ".gitattributes keeps debian/ out of archives (export-ignore), and a package is made of one" \
        "take export-ignore away from debian/, and commit"
fi
large=$(git ls-tree -r --name-only "$head" -- . | git check-attr --stdin filter | sed -n 's/: filter: lfs$//p' | head -n 1)
if [ -n "$large" ] && git_archive "$head" -- ":(literal)$large" | tar -xO |
    LC_ALL=C grep -aqm 1 '^version https://git-lfs'; then
    refuse "$large is kept by git LFS, which is not set up here" \
        "sudo apt-get install git-lfs && git lfs install && git lfs pull"
fi

if [ -n "$entry" ]; then
    later=$(git rev-list --count "$entry..$head" -- .)
else
    later=$(git rev-list --count "$head" -- .)
fi
echo "$commit"
echo "$later"
git log -1 --format=%ct "$commit"
[ -z "$revision" ] || exit 0
for folder do
    set -- "$@" ":(exclude)$folder"
    shift
done
git status --porcelain --ignore-submodules=none -- . "$@"
