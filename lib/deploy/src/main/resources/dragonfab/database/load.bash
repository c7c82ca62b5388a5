# usage: FOLDER NAME RUN zstd|gzip|none parted|as-is OWNER SOURCE-OWNER
# Loads an archive from standard input into the new database of the run while it comes, and the tables that follow a
# parted one; then indexes and constraints, by as many jobs as there are processors. Prints the rows of each table.
# Nothing is left of a load that fails.
set -o pipefail
exec 3<&0 </dev/null
folder=$1 name=$2 run=$3 compression=$4 manner=$5 owner=$6 source_owner=$7
new=${name}__new
# The beginning of the archive, which lists what is in it.
list=$folder/$run.list
lock "$folder"

ended() {
    # Whoever writes to us would wait for a process that we leave behind, if that had our input.
    exec 3<&- </dev/null
    rm -f -- "$list"
    # Not waited for: a server that is the source's too drops nothing before its dump has ended, and that waits for us.
    # Whoever comes next waits for the lock.
    { [ -n "${loaded:-}" ] || abandon "$name" "$run"; } >/dev/null 2>&1 &
}
trap ended EXIT
is_of_run "$name" "$run"

jobs=$(nproc)
restore() { pg_restore -w --exit-on-error -d "$(connection "$new")" "$@"; }
# Reads as little ahead as has the whole list, for what was read has to be written once more.
ahead() {
    for size in 262144 1048576 8388608 134217728; do
        head -c "$size" >> "$list"
        ! pg_restore -l "$list" >/dev/null 2>&1 || return 0
    done
}
# Whoever reads up to what is of interest reads on, so that a stream that was cut is seen to be.
load() {
    { ahead; exec cat -- "$list" -; } | { restore --section=pre-data --section=data && cat > /dev/null; }
}
# The next part of a stream, and not a byte of what is behind it, in pipes as large as those of the sender.
# shellcheck disable=SC2016
rejoin='
    fcntl($_, 1031, 1 << 20) for *STDIN, *STDOUT;
    sub take {
        my $piece = "";
        while (length $piece < $_[0]) {
            sysread(STDIN, $piece, $_[0] - length $piece, length $piece) or die "the stream was cut off\n";
        }
        return $piece;
    }
    while (my $size = unpack "N", take(4)) {
        (syswrite(STDOUT, take($size)) // 0) == $size or die "not taken: $!\n";
    }'
part() { perl -e "$rejoin"; }
# usage: TABLE COLUMNS
# In one transaction with the table's truncation rows are written as old ones, and nobody has to come back to them.
fill() {
    PGDATABASE="$new" PGCLIENTENCODING="$encoding" sql -c "$as_dump" -c begin -c "truncate only $1" \
        -c "copy $1 ($2) from stdin (format binary, freeze)" -c commit
}
parts() {
    listed=$(part)
    { IFS= read -r encoding; mapfile -t tables; } <<< "$listed"
    part | load
    for row in "${tables[@]}"; do
        IFS=$'\t' read -r table columns <<< "$row"
        part | fill "$table" "$columns"
    done
}
receive() { if [ "$manner" = parted ]; then parts; else load; fi; }
if [ "$compression" = zstd ]; then zstd -q -dc <&3 | receive; else receive <&3; fi
exec 3<&-
restore --section=post-data -j "$((jobs < 8 ? jobs : 8))" "$list"
rm -f -- "$list"

# Reassigning touches other databases of a role too: it is for stand-ins, which have none. For a real role of the
# source that is not the owner here, each object is handed over by itself.
PGDATABASE="$new" sql -v owner="$owner" -v source="$source_owner" -v mark="$(mark "$name")" <<'SQL'
select format('reassign owned by %1$I to %2$I; drop owned by %1$I; drop role %1$I', rolname, :'owner')
    from pg_roles where shobj_description(oid, 'pg_authid') = :'mark' \gexec
select format('alter %s %s owner to %I', replace(type, 'foreign-data wrapper', 'foreign data wrapper'), identity, :'owner')
    from pg_shdepend, pg_identify_object(classid, objid, objsubid)
    where dbid = (select oid from pg_database where datname = current_database()) and deptype = 'o'
        and refclassid = 'pg_authid'::regclass and :'source' <> :'owner'
        and refobjid = (select oid from pg_roles where rolname = :'source') \gexec
SQL
vacuumdb -w -q --analyze-only -j "$((jobs < 8 ? jobs : 8))" -d "$(connection "$new")" &
analysis=$!
{ echo "$as_dump"; counts; } | PGDATABASE="$new" sql | sed 's/^/row /'
wait "$analysis"
loaded=yes
