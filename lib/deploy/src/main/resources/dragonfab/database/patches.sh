# usage: DATABASE OWNER
# Prints a line for each patch that the database has had: checksum, time (none when it was begun and not finished),
# by whom, and name, with tabs between.
set -eu
export PGDATABASE="$1" PGCLIENTENCODING=UTF8
owner=$2

psql -X -q -A -t -w -F "$(printf '\t')" -v ON_ERROR_STOP=1 -v owner="$owner" <<'SQL'
set role :"owner";
select to_regclass('public.dragonfab_patches') is not null as kept \gset
\if :kept
select sha256, coalesce(to_char(applied_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), ''), applied_by, name
    from public.dragonfab_patches;
\endif
SQL
