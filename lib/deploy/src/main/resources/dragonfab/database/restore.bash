# usage: FOLDER NAME RUN OWNER SOURCE-OWNER tablespaces|no-tablespaces ARGUMENT...
# Stands before each script that makes a database of an archive, in the new database of the run. Nothing is left of one
# that fails. A dba who is no superuser loads all in the name of the owner.
set -o pipefail
exec 3<&0 </dev/null
folder=$1 name=$2 run=$3 owner=$4 source_owner=$5 places=$6
shift 6
new=${name}__new
# The beginning of the archive, which lists what is in it.
list=$folder/$run.list contents=$folder/$run.contents late=$folder/$run.late rest=$folder/$run.rest
rows=$folder/$run.rows
lock "$folder"

loaded=
ended() {
    # Whoever writes to us would wait for a process that we leave behind, if that had our input.
    exec 3<&- </dev/null
    rm -f -- "$contents" "$late" "$rest" "$rows"
    [ "$loaded" = held ] || rm -f -- "$list"
    # Not waited for: a server that is the source's too drops nothing before its dump has ended, and that waits for us.
    # Whoever comes next waits for the lock.
    { [ -n "$loaded" ] || abandon "$name" "$run"; } >/dev/null 2>&1 &
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

# Indexes and constraints, by as many jobs as there are processors, then owners, statistics and event triggers.
# usage: complete [PROCESS-TO-WAIT-FOR]
complete() {
    # Event triggers come last, when all has its owner. Only a superuser can own one: here that is the dba.
    LC_ALL=C awk -v late="$late" '/^[0-9]+; [0-9]+ [0-9]+ (EVENT TRIGGER|(COMMENT|SECURITY LABEL) - EVENT TRIGGER) / {
        print > late; next } { print }' "$contents" > "$rest"
    only=()
    [ ! -s "$late" ] || only=(-L "$rest")
    restore --section=post-data -j "$((jobs < 8 ? jobs : 8))" "${only[@]}" "$list"
    [ $# -eq 0 ] || wait "$1"

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
}
