# usage: NAME USER [PSQL-OPTION...] -v domain=DOMAIN
# Gives row 1 of Django's sites, or the only row, this domain. Says "changed", "same", or why there is no such row.
set -eu
name=$1
shift 2
PGDATABASE=$name psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse "$@" -f /dev/fd/3 3<<'SQL'
select to_regclass('public.django_site') is null as missing \gset
\if :missing
\echo 'it has no table django_site'
\quit
\endif
with site as (
    select id, domain from public.django_site
    where id = 1 or (select count(*) from public.django_site) = 1
), change as (
    update public.django_site d set domain = :'domain' from site s
    where d.id = s.id and s.domain <> :'domain' returning 1
)
select case when exists (select from change) then 'changed' when exists (select from site) then 'same'
    else 'django_site has no row 1, nor only one row' end;
SQL
