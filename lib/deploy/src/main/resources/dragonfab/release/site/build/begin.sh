# usage: FOLDER
# Makes an empty folder of the user who builds: for the work, or at the final path of what is made.
set -eu
rm -rf -- "${1:?}"
install -d -o builder -g builder -m 0755 -- "$1"
