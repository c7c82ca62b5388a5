# usage: media-source FOLDER...
# One line each: full, empty (no file in it) or gone. Exit 3 without rsync.
set -eu
command -v rsync >/dev/null || exit 3
for folder; do
    if [ ! -d "$folder" ]; then
        echo gone
    elif [ -n "$(find "$folder/" ! -type d -print -quit)" ]; then
        echo full
    else
        echo empty
    fi
done
