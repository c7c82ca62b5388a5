# usage: commit|dirty|folder [FOLDER-NOT-OURS...]
# Writes the sources as a tar archive to standard output.
set -eu
how=$1
shift
case "$how" in
commit)
    git archive --format=tar HEAD -- . ;;
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
