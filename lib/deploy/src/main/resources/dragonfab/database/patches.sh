# usage: DATABASE OWNER
# Prints a line for each patch and each fixture that the database has had, and for what is held back: patch, fixture or
# held, checksum, time (none when it was begun and not finished), by whom, and name, with tabs between.
set -eu
export PGDATABASE="$1" PGCLIENTENCODING=UTF8
owner=$2

psql -X -q -A -t -w -F "$(printf '\t')" -v ON_ERROR_STOP=1 -v owner="$owner" <<'SQL'
set role :"owner";
\set utc 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
select to_regclass('public.dragonfab_patches') is not null as patches,
    to_regclass('public.dragonfab_fixtures') is not null as fixtures,
    to_regclass('public.dragonfab_held') is not null as held \gset
\if :patches
select 'patch', sha256, coalesce(to_char(applied_at at time zone 'utc', :'utc'), ''), applied_by, name
    from public.dragonfab_patches;
\endif
\if :fixtures
select 'fixture', sha256, coalesce(to_char(applied_at at time zone 'utc', :'utc'), ''), applied_by, name
    from public.dragonfab_fixtures;
\endif
\if :held
select 'held', '', to_char(held_at at time zone 'utc', :'utc'), held_by, name from public.dragonfab_held;
\endif
SQL
