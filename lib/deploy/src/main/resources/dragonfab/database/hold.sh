# usage: DATABASE OWNER hold|release NAME BY
# Keeps a migration of this name from being applied, or lets it go again. Whoever holds it first is who holds it.
set -eu
export PGDATABASE="$1" PGCLIENTENCODING=UTF8
owner=$2 how=$3 name=$4 by=$5

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

cat > "$work/hold" <<'SQL'
set role :"owner";
set client_min_messages = warning;
begin;
select pg_advisory_xact_lock(hashtext('dragonfab_held')) \g /dev/null
create table if not exists public.dragonfab_held
    (name text primary key, held_at timestamptz not null, held_by text not null);
insert into public.dragonfab_held values (:'name', now(), :'by') on conflict do nothing;
commit;
SQL
cat > "$work/release" <<'SQL'
set role :"owner";
delete from public.dragonfab_held where name = :'name';
SQL

psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v owner="$owner" -v name="$name" -v by="$by" -f "$work/$how"
