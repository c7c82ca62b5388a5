# usage: FOLDER NAME RUN OWNER SOURCE-OWNER ROLES ENCODING PROVIDER COLLATE CTYPE LOCALE
# Loads the archive of the run into a new database beside the live one, and prints the rows of each table.
# ROLES is a JSON list of those that the archive speaks of: for one that is missing here a stand-in comes and goes,
# and what it owns goes to OWNER. Nothing is left of a load that fails.
set -o pipefail
folder=$1 name=$2 run=$3 owner=$4 source_owner=$5 roles=$6
encoding=$7 provider=$8 collate=$9 ctype=${10} locale=${11}
new=${name}__new mark="stands in while $name is loaded" archive=$1/$3.archive
lock "$folder"

clean() {
    sql -v new="$new" -v mark="$mark" <<'SQL'
select pg_terminate_backend(pid) from pg_stat_activity where datname = :'new' \g /dev/null
select format('drop database %I', datname) from pg_database where datname = :'new' \gexec
select format('drop role %I', rolname) from pg_roles where shobj_description(oid, 'pg_authid') = :'mark' \gexec
SQL
}
ended() {
    rm -f -- "$archive"
    [ -n "${loaded:-}" ] || clean >/dev/null 2>&1 || true
}
trap ended EXIT
[ -f "$archive" ] || { echo "the archive is gone: another load took its place" >&2; exit 1; }
clean

create() {
    sql -v new="$new" -v owner="$owner" -v encoding="$encoding" -v sorted="$1" <<'SQL'
select format('create database %I owner %I template template0 encoding %L %s',
    :'new', :'owner', :'encoding', :'sorted') \gexec
SQL
}
sorted=$(sql -v provider="$provider" -v collate="$collate" -v ctype="$ctype" -v locale="$locale" <<'SQL'
select format('lc_collate %L lc_ctype %L', :'collate', :'ctype') || case :'provider'
    when 'i' then format(' locale_provider icu icu_locale %L', :'locale')
    when 'b' then format(' locale_provider builtin builtin_locale %L', :'locale') else '' end;
SQL
)
if ! create "$sorted" 2>/dev/null; then
    # A machine that does not know the locale sorts as its own database does.
    create "$(sql -v name="$name" <<'SQL'
select format('lc_collate %L lc_ctype %L', datcollate, datctype) from pg_database where datname = :'name';
SQL
    )"
    echo "unknown-locale $collate"
fi
sql -v new="$new" -v run="$run" -v roles="$roles" -v mark="$mark" <<'SQL'
select format('comment on database %I is %L', :'new', :'run') \gexec
select format('revoke all on database %I from public', :'new') \gexec
select format('create role %1$I nologin; comment on role %1$I is %2$L', role, :'mark')
    from json_array_elements_text(:'roles') role where role not in (select rolname from pg_roles) \gexec
SQL

jobs=$(nproc)
pg_restore -w --exit-on-error -j "$((jobs < 8 ? jobs : 8))" -d "$(connection "$new")" "$archive"
rm -f -- "$archive"

# Reassigning touches other databases of a role too: it is for stand-ins, which have none. For a real role of the
# source that is not the owner here, each object is handed over by itself.
PGDATABASE="$new" sql -v owner="$owner" -v source="$source_owner" -v mark="$mark" <<'SQL'
select format('reassign owned by %1$I to %2$I; drop owned by %1$I; drop role %1$I', rolname, :'owner')
    from pg_roles where shobj_description(oid, 'pg_authid') = :'mark' \gexec
select format('alter %s %s owner to %I', replace(type, 'foreign-data wrapper', 'foreign data wrapper'), identity, :'owner')
    from pg_shdepend, pg_identify_object(classid, objid, objsubid)
    where dbid = (select oid from pg_database where datname = current_database()) and deptype = 'o'
        and refclassid = 'pg_authid'::regclass and :'source' <> :'owner'
        and refobjid = (select oid from pg_roles where rolname = :'source') \gexec
SQL
vacuumdb -w -q --analyze-only -j "$((jobs < 8 ? jobs : 8))" -d "$(connection "$new")"
counts | PGDATABASE="$new" sql | sed 's/^/row /'
loaded=yes
