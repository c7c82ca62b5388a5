# usage: FOLDER NAME RUN OWNER ROLES WRAPPER-OWNERS ENCODING PROVIDER COLLATE CTYPE LOCALE
# Makes the new database of the run beside the live one, for nobody but OWNER, and first removes what killed loads left.
# ROLES is a JSON list of those that an archive speaks of: for one that is missing here a stand-in is made. Only a
# superuser can own a foreign-data wrapper, so stand-ins for WRAPPER-OWNERS are superusers, who cannot log in.
folder=$1 name=$2 run=$3 owner=$4 roles=$5 wrapper_owners=$6
encoding=$7 provider=$8 collate=$9 ctype=${10} locale=${11}
new=${name}__new
lock "$folder"
find "$folder" -maxdepth 1 -type f ! -name lock -delete
abandon "$name" ""

become_member | sql -v user="$owner"
# usage: source|target
create() {
    sql -v name="$name" -v new="$new" -v owner="$owner" -v encoding="$encoding" -v like="$1" -v provider="$provider" \
        -v collate="$collate" -v ctype="$ctype" -v locale="$locale" <<'SQL'
select format('create database %I owner %I template template0 encoding %L lc_collate %L lc_ctype %L',
        :'new', :'owner', :'encoding', a, b) || case provider
            when 'i' then format(' locale_provider icu icu_locale %L', :'locale')
            when 'b' then format(' locale_provider builtin builtin_locale %L', :'locale') else '' end
    from (select :'collate', :'ctype', :'provider' where :'like' = 'source'
        union all
        select datcollate, datctype, 'c' from pg_database where :'like' = 'target'
            and datname = coalesce((select datname from pg_database where datname = :'name'), 'template0')
    ) sorted (a, b, provider) \gexec
SQL
}
if ! create source 2>/dev/null; then
    # A machine that does not know the locale sorts as its own database does.
    create target
    echo "unknown-locale $collate"
fi
sql -v new="$new" -v run="$run" -v roles="$roles" -v wrapper_owners="$wrapper_owners" -v owner="$owner" \
    -v mark="$(mark "$name")" <<'SQL'
select format('comment on database %I is %L', :'new', :'run') \gexec
select format('revoke all on database %I from public', :'new') \gexec
select rolsuper as above from pg_roles where rolname = current_user \gset
-- A dba who is no superuser, and the owner in whose name he loads, have to be members of a stand-in.
select format('create role %1$I nologin %3$s; comment on role %1$I is %2$L', role, :'mark',
        case when :'above' and role in (select json_array_elements_text(:'wrapper_owners')) then 'superuser'
            else '' end),
    case when not :'above' then format('grant %I to current_user, %I', role, :'owner') end
    from json_array_elements_text(:'roles') role where role not in (select rolname from pg_roles) \gexec
SQL
