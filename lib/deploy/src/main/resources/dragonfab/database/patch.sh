# usage: DATABASE OWNER whole|alone|fake|begin|finish|forget NAME SHA256 BY [fixture]
# Applies the patch on standard input, once. The last line is "applied", or "there" when somebody else was first.
# With begin, finish or forget only its row changes: what it stands for is done elsewhere in between.
# The server gets the patch as a value, so psql finds no commands and no variables in it.
set -eu
export PGDATABASE="$1" PGCLIENTENCODING=UTF8
owner=$2 how=$3 name=$4 sum=$5 by=$6
table=dragonfab_patches
[ "${7:-}" != fixture ] || table=dragonfab_fixtures

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# A lock of the session, tried and not waited for: whoever waits in a statement holds up "create index concurrently".
cat > "$work/lock" <<'SQL'
\set patch `cat`
set role :"owner";
do $$
declare
    deadline timestamptz := clock_timestamp() + interval '300 s';
begin
    while not pg_try_advisory_lock(hashtext('dragonfab_patches')) loop
        if clock_timestamp() > deadline then
            raise exception 'another db-migrate has been at work on this database for 300 seconds';
        end if;
        commit;
        perform pg_sleep(0.2);
    end loop;
end $$;
select to_regclass('public.' || :'table') is null as fresh \gset
\if :fresh
create table public.:"table"
    (name text primary key, sha256 text not null, applied_at timestamptz, applied_by text not null);
\endif
select not exists (select from public.:"table" where name = :'name' and applied_at is not null) as due \gset
\if :due
\else
\echo there
\endif
SQL

# What PL/pgSQL executes cannot end the transaction, however the patch is written.
cat > "$work/whole" <<'SQL'
\if :due
begin;
select set_config('dragonfab.patch', :'patch', true) \g /dev/null
do $$ begin execute current_setting('dragonfab.patch'); end $$;
set role :"owner";
insert into public.:"table" values (:'name', :'sum', now(), :'by');
commit;
\echo applied
\endif
SQL

# Three files, so that a "copy from stdin" in the second has nothing of ours to read.
cat > "$work/begun" <<'SQL'
\if :due
insert into public.:"table" values (:'name', :'sum', null, :'by');
\endif
SQL
cat > "$work/statement" <<'SQL'
select :'patch' where :'due' \gexec
SQL
cat > "$work/finished" <<'SQL'
\if :due
set role :"owner";
update public.:"table" set applied_at = now() where name = :'name';
\echo applied
\endif
SQL

cat > "$work/fake" <<'SQL'
insert into public.:"table" values (:'name', :'sum', now(), :'by')
    on conflict (name) do update set (sha256, applied_at, applied_by) = (:'sum', now(), :'by');
SQL

cat > "$work/finish" <<'SQL'
update public.:"table" set applied_at = now() where name = :'name';
SQL
cat > "$work/forget" <<'SQL'
delete from public.:"table" where name = :'name' and applied_at is null;
SQL

case "$how" in
begin) set -- -f "$work/lock" -f "$work/begun" ;;
alone) set -- -f "$work/lock" -f "$work/begun" -f "$work/statement" -f "$work/finished" ;;
*) set -- -f "$work/lock" -f "$work/$how" ;;
esac
code=0
psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v SHOW_CONTEXT=never -v owner="$owner" -v table="$table" \
    -v name="$name" -v sum="$sum" -v by="$by" "$@" 2> "$work/said" || code=$?
# The server repeats the whole patch behind its error.
sed -e '/^QUERY:  /,$d' -e 's/^psql:[^ ]*: //' "$work/said" >&2
exit "$code"
