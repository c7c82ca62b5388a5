# usage: PATH SUITE FILE...
# Prints what an apt repository has, as "key value" lines: its public key, which of these files lie in the pool, and each
# package of the suite, with the names of what it "needs". "ready" are the ways that it was prepared, while it has its key.
# Of a suite that no target would read nothing is printed but "unread", and why.
set -eu
path=$1 suite=$2
shift 2
[ ! -f "$path/.ready" ] || [ ! -d /var/lib/dragonfab/repository/gnupg ] || sed 's/^/ready /' "$path/.ready"
[ ! -f "$path/key.asc" ] || sed 's/^/key /' "$path/key.asc"
for file do
    for deb in "$path"/pool/main/*/*/"$file"; do
        [ ! -f "$deb" ] || echo "pooled $(sha256sum < "$deb" | cut -d ' ' -f 1) $file"
    done
done
# All of a suite's indexes at one moment.
now=$(readlink -f "$path/dists/$suite" 2>/dev/null) || exit 0
cmp -s "$path/key.asc" "$now/key.asc" || { echo "unread another key signed it"; exit 0; }
# apt takes an index of the next seconds, for clocks are never quite the same.
dated=$(sed -n 's/^Date: //p' "$now/Release" | head -n 1)
ahead=$(($(date -d "$dated" +%s) - $(date +%s)))
[ "$ahead" -le 10 ] || { echo "unread it is dated $ahead s ahead of the clock there"; exit 0; }
for index in "$now"/main/binary-*/Packages; do
    [ ! -f "$index" ] || awk '
        BEGIN { RS = ""; FS = "\n" }
        {
            split("", is)
            for (i = 1; i <= NF; i++) {
                colon = index($i, ": ")
                if (colon && $i !~ /^ /) is[substr($i, 1, colon - 1)] = substr($i, colon + 2)
            }
            sub(/.*\//, "", is["Filename"])
            gsub(/ /, "", is["Dragonfab-With"])
            print "published", is["Dragonfab-Published"], is["Package"], is["Version"], is["Architecture"], is["SHA256"],
                is["Filename"], "commit=" is["Dragonfab-Commit"], "with=" is["Dragonfab-With"]
            needs = is["Pre-Depends"] "," is["Depends"]
            gsub(/\([^)]*\)|\[[^]]*\]|<[^>]*>|:[a-z0-9]+/, "", needs)
            gsub(/[,| ]+/, " ", needs)
            print "needs", is["SHA256"] " " needs
        }' "$index"
done
