# usage: FOLDER NAME RUN zstd|gzip|none parted|as-is OWNER SOURCE-OWNER tablespaces|no-tablespaces
# Loads an archive from standard input into the new database of the run while it comes, and the tables that follow a
# parted one; then indexes and constraints, by as many jobs as there are processors. Prints the rows of each table.
# Nothing is left of a load that fails. A dba who is no superuser loads all in the name of the owner.
set -o pipefail
exec 3<&0 </dev/null
folder=$1 name=$2 run=$3 compression=$4 manner=$5 owner=$6 source_owner=$7 places=$8
new=${name}__new
# The beginning of the archive, which lists what is in it.
list=$folder/$run.list contents=$folder/$run.contents late=$folder/$run.late rest=$folder/$run.rest
rows=$folder/$run.rows
lock "$folder"

ended() {
    # Whoever writes to us would wait for a process that we leave behind, if that had our input.
    exec 3<&- </dev/null
    rm -f -- "$list" "$contents" "$late" "$rest" "$rows"
    # Not waited for: a server that is the source's too drops nothing before its dump has ended, and that waits for us.
    # Whoever comes next waits for the lock.
    { [ -n "${loaded:-}" ] || abandon "$name" "$run"; } >/dev/null 2>&1 &
}
trap ended EXIT
is_of_run "$name" "$run"

jobs=$(nproc)
above=$(sql -c 'select rolsuper from pg_roles where rolname = current_user')
# What subscribes would take the place of the source's own subscription, and keeps a database from being dropped.
as=(--no-subscriptions)
[ "$above" = t ] || as+=(--no-owner --role="$owner")
[ "$places" = tablespaces ] || as+=(--no-tablespaces)
restore() { pg_restore -w --exit-on-error -d "$(connection "$new")" "${as[@]}" "$@"; }
# Reads as little ahead as has the whole list, for what was read has to be written once more.
ahead() {
    for size in 262144 1048576 8388608 134217728; do
        head -c "$size" >> "$list"
        ! pg_restore -l "$list" > "$contents" 2>/dev/null || return 0
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
# Counted before anything of the database's own can write in answer to what we do.
{ echo "$as_dump"; counts; } | PGDATABASE="$new" sql > "$rows" &
counting=$!
# Event triggers come last, when all has its owner. Only a superuser can own one: here that is the dba.
LC_ALL=C awk -v late="$late" '/^[0-9]+; [0-9]+ [0-9]+ (EVENT TRIGGER|(COMMENT|SECURITY LABEL) - EVENT TRIGGER) / {
    print > late; next } { print }' "$contents" > "$rest"
only=()
[ ! -s "$late" ] || only=(-L "$rest")
restore --section=post-data -j "$((jobs < 8 ? jobs : 8))" "${only[@]}" "$list"
wait "$counting"

if [ "$above" = t ]; then
    hand_over | PGDATABASE="$new" sql -v owner="$owner" -v source="$source_owner" -v mark="$(mark "$name")"
else
    PGDATABASE="$new" sql -v mark="$(mark "$name")" <<'SQL'
select format('drop owned by %1$I; drop role %1$I', rolname) from pg_roles
    where shobj_description(oid, 'pg_authid') = :'mark' \gexec
SQL
fi
# Such a dba is told of each table that all databases of the server share.
[ "$above" = t ] || export PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=error"
vacuumdb -w -q --analyze-only -j "$((jobs < 8 ? jobs : 8))" -d "$(connection "$new")"
if [ -s "$late" ]; then restore --section=post-data --no-owner -L "$late" "$list"; fi
sed 's/^/row /' "$rows"
loaded=yes
