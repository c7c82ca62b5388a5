# usage: NAME zstd|gzip|none yes|no
# Writes the database as a custom-format archive to standard output. The rows of each table in the same snapshot go
# to standard error; with yes the archive is read to its end as it passes, and its checksum goes there too.
set -o pipefail
name=$1 compression=$2 verify=$3
export PGDATABASE="$name"

coproc SESSION { sql; }
# Bash forgets the names when the session ends.
exec 6<&"${SESSION[0]}" 7>&"${SESSION[1]}"
printf '%s\n' 'begin isolation level repeatable read, read only;' 'select pg_export_snapshot();' >&7
IFS= read -r snapshot <&6 || { echo "no snapshot of $name could be made" >&2; exit 1; }
{ counts; printf '%s\n' 'select '\''end'\'';'; } >&7

level=0
[ "$compression" != gzip ] || level=1
squeeze() { if [ "$compression" = zstd ]; then zstd -q -1 -T0 -c; else cat; fi; }
archive() { pg_dump -w -Fc -Z "$level" --snapshot="$snapshot" 6<&- 7>&-; }
if [ "$verify" = yes ]; then
    exec 5> >(sha256sum | sed 's/ .*//; s/^/sha256 /' >&2)
    sum=$!
    exec 4> >(pg_restore -f /dev/null 5>&- 6<&- 7>&-)
    reader=$!
    archive 5>&- | tee /dev/fd/4 | squeeze | tee /dev/fd/5
    exec 4>&-
    wait "$reader" || { echo "the archive cannot be read to its end" >&2; exit 1; }
    exec 5>&-
    wait "$sum"
elif [ "$compression" = zstd ]; then
    archive | squeeze
else
    archive
fi

while IFS= read -r row <&6; do
    [ "$row" != end ] || exit 0
    printf 'row %s\n' "$row" >&2
done
echo "the rows could not be counted" >&2
exit 1
