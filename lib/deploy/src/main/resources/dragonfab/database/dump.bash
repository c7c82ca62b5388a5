# usage: NAME zstd|gzip|none verified|parted|as-is
# Writes the database as a custom-format archive to standard output. The rows of each table in the same snapshot go
# to standard error. A verified archive is read to its end as it passes, and its checksum goes there too. A parted
# one is for a server of the same version: large tables follow it in that version's own form, which is much less work
# than text at both ends. All are parts of one stream then: the list of the tables, the archive, and each table.
set -o pipefail
name=$1 compression=$2 manner=$3
export PGDATABASE="$name"

coproc SESSION { sql; }
# Bash forgets the names when the session ends.
exec 6<&"${SESSION[0]}" 7>&"${SESSION[1]}"
printf '%s\n' "$as_dump" >&7

# Those whose columns are all of common types of the server's own, whose form depends on nothing else. Of a smaller
# table the start of two more programs costs more than is won.
large_tables() {
    cat <<'SQL'
select current_setting('client_encoding');
select format(E'"%s"."%s"\t%I.%I\t%s', replace(nspname, '"', '""'), replace(relname, '"', '""'), nspname, relname,
        columns)
    from (select pg_class.oid as id, nspname, relname
SQL
    own_tables
    cat <<'SQL'
    ) of_user, (values (''::"char")) before_12 (attgenerated),
        lateral (select string_agg(format('%I', attname), ', ' order by attnum) as columns,
            bool_and(coalesce(element.typname, of_column.typname) in ('bool', 'int2', 'int4', 'int8', 'float4',
                    'float8', 'numeric', 'text', 'varchar', 'bpchar', 'bytea', 'date', 'time', 'timetz', 'timestamp',
                    'timestamptz', 'interval', 'uuid', 'json', 'jsonb', 'inet', 'cidr')
                and coalesce(element.typnamespace, of_column.typnamespace) = 'pg_catalog'::regnamespace) as plain
        from pg_attribute join pg_type of_column on of_column.oid = atttypid
            left join pg_type element on element.oid = of_column.typelem and of_column.typcategory = 'A'
        where attrelid = id and attnum > 0 and not attisdropped and attgenerated = '') described
    where plain and pg_table_size(id) >= 64 * 1024 * 1024 and concat(nspname, relname, columns) !~ '[\t\r\n]'
    order by nspname, relname;
select 'end';
SQL
}
tables=() left_out=()
if [ "$manner" = parted ]; then
    large_tables >&7
    IFS= read -r encoding <&6
    while IFS=$'\t' read -r pattern table columns <&6 && [ "$pattern" != end ]; do
        left_out+=(--exclude-table-data="$pattern")
        tables+=("$table"$'\t'"$columns")
    done
fi
# Locked before the snapshot is made: a table that is truncated or written anew in between would be empty in it.
{
    echo 'begin isolation level repeatable read, read only;'
    for row in "${tables[@]}"; do echo "lock table only ${row%%$'\t'*} in access share mode;"; done
    echo 'select pg_export_snapshot();'
} >&7
IFS= read -r snapshot <&6 || { echo "no snapshot of $name could be made" >&2; exit 1; }
{ counts; printf '%s\n' 'select '\''end'\'';'; } >&7

level=0
[ "$compression" != gzip ] || level=1
squeeze() { if [ "$compression" = zstd ]; then zstd -q -1 -T0 -c; else cat; fi; }
# Who wants a table for himself waits for our session. Nobody of ours may wait behind him, and with us all others.
archive() {
    pg_dump -w -d "$(connection "$name")" -Fc -Z "$level" --snapshot="$snapshot" --lock-wait-timeout=60s \
        "${left_out[@]}" 6<&- 7>&-
}
# usage: TABLE COLUMNS
rows_of() {
    PGCLIENTENCODING="$encoding" sql -c "$as_dump" -c 'begin isolation level repeatable read, read only' \
        -c "set transaction snapshot '$snapshot'" -c "lock table only $1 in access share mode nowait" \
        -c "copy $1 ($2) to stdout (format binary)" 6<&- 7>&-
}
# What passes, in pieces with their lengths before them, and an end. In pipes as small as they are at first (1031 is
# F_SETPIPE_SZ) all who hand it on would wait for one another.
# shellcheck disable=SC2016
split='
    fcntl($_, 1031, 1 << 20) for *STDIN, *STDOUT;
    while (1) {
        my $size = sysread(STDIN, my $piece, 1 << 18) // die "not read: $!\n";
        (syswrite(STDOUT, pack("N", $size) . $piece) // 0) == $size + 4 or die "not taken: $!\n";
        last if $size == 0;
    }'
part() { perl -e "$split" 6<&- 7>&-; }
parts() {
    printf '%s\n' "$encoding" "${tables[@]}" | part
    archive | part
    for row in "${tables[@]}"; do
        IFS=$'\t' read -r table columns <<< "$row"
        rows_of "$table" "$columns" | part
    done
}
stream() { if [ "$manner" = parted ]; then parts; else archive; fi; }
if [ "$manner" = verified ]; then
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
    stream | squeeze
else
    stream
fi

while IFS= read -r row <&6; do
    [ "$row" != end ] || exit 0
    printf 'row %s\n' "$row" >&2
done
echo "the rows could not be counted" >&2
exit 1
