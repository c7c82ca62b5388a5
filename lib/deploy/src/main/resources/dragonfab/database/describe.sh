# usage: NAME USER
# Prints what is known of the database, its server and this machine, as one JSON object a line.
name=$1 user=$2

facts=$(sql -v name="$name" -v user="$user" <<'SQL'
select coalesce((select setting from pg_settings where name = 'data_directory'), '');
select exists (select from pg_database where datname = :'name');
select json_build_object(
    'server', current_setting('server_version_num')::int,
    'exists', exists (select from pg_database where datname = :'name'),
    'leftover', exists (select from pg_database where datname = :'name' || '__new'),
    'old', exists (select from pg_database where datname = :'name' || '__old'),
    'all_roles', (select json_agg(rolname) from pg_roles),
    'available', (select json_agg(name) from pg_available_extensions),
    'default_versions', (select json_agg(name || ' ' || default_version) from pg_available_extensions),
    'usable_tablespaces', (select json_agg(spcname) from pg_tablespace where has_tablespace_privilege(oid, 'create')),
    'known_collations', (select json_agg(collname) from pg_collation where collnamespace = 'pg_catalog'::regnamespace
        and collname !~ '-x-icu$'),
    'superusers', (select json_agg(rolname) from pg_roles where rolsuper),
    'dba', current_user,
    -- Providers let members of these do some of what takes a superuser elsewhere, and only trying tells what.
    'dba_superuser', (select rolsuper from pg_roles where rolname = current_user) or exists (select from pg_roles
        where rolname in ('rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin') and pg_has_role(oid, 'member')),
    'dba_makes_roles', (select rolsuper or rolcreaterole from pg_roles where rolname = current_user),
    'memberships', (select json_agg(mine.rolname) from pg_roles mine, pg_roles owner
        where owner.rolname = :'user' and pg_has_role(owner.oid, mine.oid, 'usage')),
    'trusted', (select json_agg(distinct name) from pg_available_extension_versions v
        where not superuser or (to_jsonb(v)->>'trusted')::boolean))::text;
SQL
    {
        lacking load
        echo "select json_build_object('lacking', (select json_agg(line) from lacks))::text;"
    } | sql -v name="$name" -v user="$user"
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
    'versions', (select json_agg(extname || ' ' || extversion) from pg_extension),
    'tablespaces', (select json_agg(spcname) from pg_tablespace where oid in (select reltablespace from pg_class)
        and spcname !~ '^pg_'),
    'collations', (select json_agg(distinct collname) from pg_depend join pg_collation c on c.oid = refobjid
        where refclassid = 'pg_collation'::regclass and collnamespace = 'pg_catalog'::regnamespace
        and collname !~ '-x-icu$'),
    'wrapper_owners', (select json_agg(distinct pg_get_userbyid(fdwowner)) from pg_foreign_data_wrapper w
        where w.oid not in (select objid from pg_depend where classid = 'pg_foreign_data_wrapper'::regclass
            and deptype = 'e')),
    'with_defaults', (select json_agg(distinct pg_get_userbyid(defaclrole)) from pg_default_acl),
    'subscriptions', (select json_agg(subname) from pg_subscription where subdbid = d.oid),
    'superuser_made', (select json_agg((object).type || ' ' || (object).identity) from (
        select pg_identify_object(class, id, 0) from (
            select 'pg_event_trigger'::regclass, oid from pg_event_trigger
            union all select 'pg_proc'::regclass, p.oid from pg_proc p join pg_language l on l.oid = prolang
                where (not lanpltrusted or proleakproof) and p.oid not in (select aggfnoid from pg_aggregate)
            union all select 'pg_language'::regclass, oid from pg_language
            union all select 'pg_type'::regclass, oid from pg_type t where typtype in ('b', 'p')
                and not exists (select from pg_type element where element.typarray = t.oid)
            union all select 'pg_opclass'::regclass, oid from pg_opclass
            union all select 'pg_opfamily'::regclass, oid from pg_opfamily
            union all select 'pg_am'::regclass, oid from pg_am
            union all select 'pg_ts_parser'::regclass, oid from pg_ts_parser
            union all select 'pg_ts_template'::regclass, oid from pg_ts_template
            union all select 'pg_foreign_data_wrapper'::regclass, oid from pg_foreign_data_wrapper
            union all select 'pg_cast'::regclass, oid from pg_cast where castmethod = 'b'
            union all select 'pg_publication'::regclass, oid from pg_publication where puballtables
        ) made (class, id) where id >= 16384 and not exists (
            select from pg_depend where classid = class and objid = id and deptype in ('e', 'i'))) named (object)),
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
[ -n "${PGHOST:-}" ] || [ "${options#*service=}" != "$options" ] || [ -z "$directory" ] ||
    data=$(df -P -B1 -- "$directory" 2>/dev/null | awk 'NR == 2 { print $4 }')
printf '{"tools": %s, "zstd": %s, "data": %s}\n' "$tools" "$zstd" "${data:-0}"
