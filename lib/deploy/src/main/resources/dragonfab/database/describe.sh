# usage: NAME
# Prints what is known of the database, its server and this machine, as one JSON object a line.
name=$1

facts=$(sql -v name="$name" <<'SQL'
select coalesce((select setting from pg_settings where name = 'data_directory'), '');
select exists (select from pg_database where datname = :'name');
select json_build_object(
    'server', current_setting('server_version_num')::int,
    'exists', exists (select from pg_database where datname = :'name'),
    'leftover', exists (select from pg_database where datname = :'name' || '__new'),
    'old', exists (select from pg_database where datname = :'name' || '__old'),
    'all_roles', (select json_agg(rolname) from pg_roles),
    'available', (select json_agg(name) from pg_available_extensions))::text;
SQL
)
{ IFS= read -r directory; IFS= read -r exists; cat; } <<FACTS
$facts
FACTS
if [ "$exists" = t ]; then
    # Columns that only newer servers have are read through JSON.
    PGDATABASE="$name" sql <<'SQL'
set search_path = '';
select json_build_object(
    'size', pg_database_size(d.oid),
    'owner', pg_get_userbyid(datdba),
    'encoding', pg_encoding_to_char(encoding),
    'collate', datcollate,
    'ctype', datctype,
    'provider', coalesce(to_jsonb(d)->>'datlocprovider', 'c'),
    'locale', coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale', ''),
    'extensions', (select json_agg(extname) from pg_extension),
    'settings', (select setconfig from pg_db_role_setting where setdatabase = d.oid and setrole = 0),
    'roles', (select json_agg(distinct pg_get_userbyid(refobjid)) from pg_shdepend
        where dbid = d.oid and refclassid = 'pg_authid'::regclass))::text
    from pg_database d where datname = current_database();
SQL
fi

tools=$(pg_dump --version | sed 's/.*) \([0-9]*\).*/\1/')
[ -n "$tools" ] || { echo "pg_dump does not tell its version: postgresql-client has to be installed" >&2; exit 1; }
zstd=false
! command -v zstd >/dev/null || zstd=true
data=0
[ -n "${PGHOST:-}" ] || [ -z "$directory" ] || data=$(df -P -B1 -- "$directory" 2>/dev/null | awk 'NR == 2 { print $4 }')
printf '{"tools": %s, "zstd": %s, "data": %s}\n' "$tools" "$zstd" "${data:-0}"
