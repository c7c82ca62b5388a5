# usage: commit|dirty|folder COMMIT|"" [FOLDER-NOT-OURS...]
# Writes the sources as a tar archive to standard output; with those of a commit goes a list of when each was last
# changed, for a file that is the same in two releases is to be so with its time.
set -eu
how=$1 commit=$2
shift 2
add_submodules() {
    submodules "$1" | while IFS=' ' read -r pinned module; do
        (
            cd "$module"
            git_archive --prefix="$2$module/" -o "$room/part.tar" "$pinned"
            tar -A -f "$room/whole.tar" "$room/part.tar"
            add_submodules "$pinned" "$2$module/"
        )
    done
}
case "$how" in
commit)
    room=$(mktemp -d)
    trap 'rm -rf -- "$room"' EXIT
    git log --first-parent -m --name-only --relative --format=//%ct "$commit" -- . |
        awk 'sub("^//", "") { time = $0; next } NF && !seen[$0]++ { print time, $0 }' > "$room/.dragonfab-times"
    git_archive --add-file="$room/.dragonfab-times" -o "$room/whole.tar" "$commit" -- .
    add_submodules "$commit" ""
    cat "$room/whole.tar" ;;
dirty)
    for folder do
        set -- "$@" ":(exclude)$folder"
        shift
    done
    # What was deleted and not yet committed is still listed, and is not there to be packed.
    { git ls-files -z -c --recurse-submodules -- . "$@"; git ls-files -z -o --exclude-standard -- . "$@"; } |
        tar -c --null --verbatim-files-from --ignore-failed-read -T - 2>/dev/null ;;
folder)
    for folder do
        set -- "$@" --exclude="./$folder"
        shift
    done
    tar -c "$@" . ;;
esac
