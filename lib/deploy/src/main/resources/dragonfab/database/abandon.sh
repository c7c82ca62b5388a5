# usage: FOLDER NAME RUN
# Drops what the load of the run has made, and nothing of another's.
lock "$1"
rm -f -- "$1/$3.list"
abandon "$2" "$3"
