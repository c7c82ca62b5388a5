# usage: REVISION
# Prints the commit that a tag, a branch or the start of a checksum means; exit 4 where there is none.
set -eu
git rev-parse --verify --quiet --end-of-options "$1^{commit}" && exit 0
git rev-parse --git-dir >/dev/null || exit 4
printf '%s\n' "there is no commit $1 here" "try: git fetch --tags" >&2
exit 4
