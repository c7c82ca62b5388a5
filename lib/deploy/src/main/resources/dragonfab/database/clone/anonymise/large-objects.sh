# usage: NAME USER [PSQL-OPTION...]
# Removes all large objects of the database NAME, a thousand at a time: each takes a lock until its transaction ends.
set -eu
name=$1
shift 2
PGDATABASE=$name psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse "$@" -o /dev/null -f /dev/fd/3 3<<'SQL'
select format('select pg_catalog.lo_unlink(o) from pg_catalog.unnest(%L::oid[]) o', pg_catalog.array_agg(oid))
    from (select oid, pg_catalog.row_number() over (order by oid) / 1000 as part from pg_catalog.pg_largeobject_metadata) l
    group by part \gexec
-- Their bytes lie in the files until those are written anew, and the commonest of them in the statistics.
select unnest(array['vacuum full pg_catalog.pg_largeobject',
    'delete from pg_catalog.pg_statistic where starelid = ''pg_catalog.pg_largeobject''::regclass',
    'vacuum full pg_catalog.pg_statistic']) where current_setting('is_superuser') = 'on' \gexec
SQL
