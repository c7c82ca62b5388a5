# usage: FOLDER NAME RUN zstd|gzip|none OWNER SOURCE-OWNER
# Loads an archive from standard input into the new database of the run while it comes; indexes and constraints
# follow, by as many jobs as there are processors. Prints the rows of each table. Nothing is left of a load that fails.
set -o pipefail
exec 3<&0 </dev/null
folder=$1 name=$2 run=$3 compression=$4 owner=$5 source_owner=$6
new=${name}__new
# The beginning of the archive, which lists what is in it.
list=$folder/$run.list
lock "$folder"

ended() {
    exec 3<&-
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
if [ "$compression" = zstd ]; then zstd -q -dc <&3 | load; else load <&3; fi
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
counts | PGDATABASE="$new" sql | sed 's/^/row /'
wait "$analysis"
loaded=yes
