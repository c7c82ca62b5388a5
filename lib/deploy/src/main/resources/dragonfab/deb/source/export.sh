# usage: commit|dirty|folder [FOLDER-NOT-OURS...]
# Writes the sources as a tar archive to standard output; with those of a commit goes a list of when each was last
# changed, for a file that is the same in two releases is to be so with its time.
set -eu
how=$1
shift
case "$how" in
commit)
    room=$(mktemp -d)
    trap 'rm -rf -- "$room"' EXIT
    git -c core.quotePath=false log --first-parent -m --name-only --relative --format=//%ct -- . |
        awk 'sub("^//", "") { time = $0; next } NF && !seen[$0]++ { print time, $0 }' > "$room/.dragonfab-times"
    git archive --format=tar --add-file="$room/.dragonfab-times" HEAD -- . ;;
dirty)
    for folder do
        set -- "$@" ":(exclude)$folder"
        shift
    done
    # What was deleted and not yet committed is still listed, and is not there to be packed.
    git ls-files -z -co --exclude-standard -- . "$@" |
        tar -c --null --verbatim-files-from --ignore-failed-read -T - 2>/dev/null ;;
folder)
    for folder do
        set -- "$@" --exclude="./$folder"
        shift
    done
    tar -c "$@" . ;;
esac
