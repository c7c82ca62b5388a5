# usage: zstd|gzip|none parted|as-is whole|held
# Loads an archive from standard input while it comes, and the tables that follow a parted one; then what comes behind
# the rows, unless that is held back for complete. Prints the rows of each table.
compression=$1 manner=$2 extent=$3

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
if [ "$extent" = held ]; then wait "$counting"; else complete "$counting"; fi
sed 's/^/row /' "$rows"
loaded=$extent
