# usage: password|none HOST USER PORT OPTIONS ARGUMENT...
# Stands before each script of the database. OPTIONS are as libpq takes them: service='live' sslmode='require'. A
# password is the first line of standard input; it stays in a file without a name, so that no end of ours leaves it
# behind.
set -eu
umask 077
if [ "$1" = password ]; then
    file=$(mktemp)
    exec 8<>"$file"
    rm -f -- "$file"
    IFS= read -r line
    printf '*:*:*:*:%s\n' "$line" >&8
    export PGPASSFILE=/proc/self/fd/8
fi
[ -z "$2" ] || export PGHOST="$2"
[ -z "$3" ] || export PGUSER="$3"
[ -z "$4" ] || export PGPORT="$4"
options=$5
shift 5
export PGCONNECT_TIMEOUT=15 PGDATABASE=postgres

# A name is data even where a whole connection string may stand.
quoted() { printf '%s' "$1" | sed "s/[\\\\']/\\\\&/g"; }
connection() { printf "dbname='%s' %s" "$(quoted "$1")" "$options"; }

# The variable alone would give way to what a service of libpq names.
psql() { command psql -d "$(connection "$PGDATABASE")" "$@"; }

# Whom a dba who is no superuser may not end would end the statement instead.
within_reach="usesysid is not null and (pg_has_role(usesysid, 'usage')
    or not (select rolsuper from pg_roles where oid = usesysid) and pg_has_role('pg_signal_backend', 'usage'))"

sql() {
    psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v superseded='out of use, and about to be dropped' \
        -v within_reach="$within_reach" "$@"
}

# What pg_dump and pg_restore say first, for sessions of ours that read or write rows as they do: no name is looked for
# where a user may have put another, no limit ends them, no policy hides rows, and rows come in the order they lie in.
as_dump="set search_path = ''; set statement_timeout = 0; set lock_timeout = 0;
set idle_in_transaction_session_timeout = 0; set row_security = off; set synchronize_seqscans = off;
select 1 from (select set_config(name, value, false) as done from pg_settings join (values
    ('transaction_timeout', '0'), ('restrict_nonsystem_relation_kind', 'view, foreign-table')) newer (name, value)
    using (name)) known where done is null;"

# One writer at a time for what is in the folder and for the databases beside the live one.
lock() {
    exec 9>"$1/lock"
    flock -n 9 || { echo "waiting for another load of this database" >&2; flock -w 600 9; } ||
        { echo "another load of this database has been running for 10 minutes" >&2; exit 1; }
}

# What a query reads of the tables of the database; what an extension brings is its own.
own_tables() {
    cat <<'SQL'
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and relpersistence <> 't' and nspname <> 'information_schema' and nspname !~ '^pg_'
        and not exists (select from pg_depend
            where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
SQL
}

# The rows of each table, and the large objects, as JSON lines.
counts() {
    cat <<'SQL'
-- To compile a query as short as these takes longer than to run it.
select set_config('jit', 'off', false) from pg_settings where name = 'jit' \g /dev/null
select format('select json_build_object(''table'', %L::text, ''rows'', count(*))::text from only %I.%I',
        format('%I.%I', nspname, relname), nspname, relname)
SQL
    own_tables
    cat <<'SQL'
    \gexec
select json_build_object('table', '(large objects)', 'rows', count(*))::text from pg_largeobject_metadata;
SQL
}

# What a role bears that only stands in for one of the source.
mark() { printf 'stands in while %s is loaded' "$1"; }

# A dba who is no superuser makes and hands over what is of a role that he is a member of. Before PostgreSQL 16 whoever
# may create roles may join any; since then only those that he has the admin option on, as he has on what he creates.
become_member() {
    cat <<'SQL'
select format('grant %I to current_user', rolname) from pg_roles
    where rolname = :'user' and not pg_has_role(oid, 'usage') \gexec
SQL
}

# usage: init|load
# The beginning of a query: "lacks" says, a line each, what such a dba may not do, and how he may. A load makes a
# database in any case.
lacking() {
    printf '\\set job %s\n' "$1"
    cat <<'SQL'
with me as (select * from pg_roles where rolname = current_user),
    owner as (select *, not pg_has_role(oid, 'usage') and not pg_has_role(oid, 'usage with admin option') and not (
            current_setting('server_version_num')::int < 160000 and (select rolcreaterole from me) and not rolsuper)
        as closed from pg_roles where rolname = :'user'),
    lacks (line) as (
select format('%s may not create databases: alter role %1$I createdb', rolname) from me
    where not rolsuper and not rolcreatedb
    and (:'job' = 'load' or not exists (select from pg_database where datname = :'name'))
union all
select format('%s may not create the role %s: alter role %1$I createrole', rolname, :'user') from me
    where not rolsuper and not rolcreaterole and not exists (select from owner) and :'job' = 'init'
union all
select format('%s is no member of %s, and may not become one: grant %2$I to %1$I', current_user, rolname) from owner
    where closed and (:'job' = 'load' or not exists (select from pg_database where datname = :'name')))
SQL
}

# Drops the database WAS that a swap took out of use, when it is still there.
drop_superseded() {
    cat <<'SQL'
select format('drop database %I', datname) from pg_database
    where datname = :'was' and shobj_description(oid, 'pg_database') = :'superseded' \gexec
SQL
}

# usage: NAME RUN
# Drops the new database beside this one when it is of the run, the roles that stand in for it, and what a swap has
# left. An empty RUN is any.
abandon() {
    { drop_superseded; cat; } <<'SQL' |
create temp table gone as select datname from pg_database
    where datname = :'new' and (:'run' = '' or shobj_description(oid, 'pg_database') = :'run');
select pg_terminate_backend(pid) from pg_stat_activity where datname in (select datname from gone) and :within_reach
    \g /dev/null
select format('drop database %I', datname) from gone \gexec
select format('drop role %I', rolname) from pg_roles where shobj_description(oid, 'pg_authid') = :'mark'
    and not exists (select from pg_database where datname = :'new') \gexec
SQL
        sql -v new="${1}__new" -v was="${1}__was" -v run="$2" -v mark="$(mark "$1")"
}

# usage: NAME RUN
is_of_run() {
    [ -n "$(sql -v new="${1}__new" -v run="$2" <<'SQL'
select 1 from pg_database where datname = :'new' and shobj_description(oid, 'pg_database') = :'run';
SQL
    )" ] || { echo "the new database is gone: another load took its place" >&2; exit 1; }
}

# Begins a transaction in which no session is on the databases NAME and NEW. Whoever connects meanwhile waits for the
# lock, and then finds what is there. A dump elsewhere may hold it for hours; then clients that come in between are
# thrown out again, and nothing else is different.
begin_alone() {
    cat <<'SQL'
begin;
set local lock_timeout = '1s';
do $$ begin
    lock table pg_database in access exclusive mode;
exception when lock_not_available or insufficient_privilege then null;
end $$;
set local lock_timeout = '10s';
select pg_terminate_backend(pid) from pg_stat_activity where datname in (:'name', :'new') and :within_reach
    \g /dev/null
SQL
}
