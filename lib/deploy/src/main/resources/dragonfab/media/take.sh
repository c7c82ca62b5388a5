# usage: media-take FOLDER OPTION...
# The other half. What a killed one left of a file that grew is worth nothing.
[ -z "$cut" ] || find "$arriving/" -mindepth 1 -delete
code=0
rsync "$@" . "$folder/" || code=$?
was=$(stat -L -c %y -- "$folder")
case $code in
0) [ -z "$cut" ] || parts=1 ;;
11 | 23 | 24 | 25) parts=1 ;;
# The parts that a broken stream left are where the next run goes on, and the folder says that there are some.
*) exit "$code" ;;
esac
[ -z "${parts:-}" ] || find "$folder/" -name .dragonfab-partial -type d -prune -exec rm -rf -- {} +
rm -rf -- "$arriving"
touch -d "$was" -- "$folder"
exit "$code"
