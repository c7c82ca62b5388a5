# usage: FOLDER NAME RUN SETTINGS
# Puts the loaded database of the run in the place of the live one, in one transaction of the server: what is killed
# before its end changes nothing. The live one stays as NAME__old. What was NAME__old before is dropped when all is
# over, by a process of its own: that makes the server write all that is not on its disk yet, and nobody has to wait.
# Privileges and settings of the live database itself stay as they are; where there was none, SETTINGS (a JSON list of
# name=value) are the first.
folder=$1 name=$2 run=$3 settings=$4
new=${name}__new old=${name}__old was=${name}__was
lock "$folder"

is_of_run "$name" "$run"

sql -v name="$name" -v new="$new" -v settings="$settings" >/dev/null <<'SQL'
select format('revoke all on database %I from public', :'new') \gexec
select format('grant %s on database %I to %s%s', privilege_type, :'new',
        case grantee when 0 then 'public' else format('%I', pg_get_userbyid(grantee)) end,
        case when is_grantable then ' with grant option' else '' end)
    from (select coalesce((select coalesce(datacl, acldefault('d', datdba)) from pg_database where datname = :'name'),
        (select acldefault('d', datdba) from pg_database where datname = :'new')) as acl) a, aclexplode(acl) \gexec

create temp table kept as
    select case setrole when 0 then '' else format('role %I in ', pg_get_userbyid(setrole)) end as scope,
            unnest(setconfig) as setting
        from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = :'name')
    union all
    select '', setting from json_array_elements_text(:'settings') setting
        where not exists (select from pg_database where datname = :'name');
-- The server itself takes a value as it keeps it, and no quoting of ours stands in between.
select format('begin; select set_config(%1$L, %2$L, true); alter %3$sdatabase %4$I set %1$s from current; commit;', split_part(setting, '=', 1),
        substr(setting, strpos(setting, '=') + 1), scope, :'new')
    from kept where split_part(setting, '=', 1) ~ '^[a-zA-Z_][a-zA-Z0-9_$.]*$' \gexec
SQL

swap() {
    { begin_alone; cat; } <<'SQL' | sql -v name="$name" -v new="$new" -v old="$old" -v was="$was"
select format('alter database %1$I rename to %2$I; comment on database %2$I is %3$L', :'old', :'was', :'superseded')
    from pg_database where datname = :'old' \gexec
select format('alter database %I rename to %I', :'name', :'old') from pg_database where datname = :'name' \gexec
select format('alter database %I with allow_connections false', :'old') from pg_database where datname = :'old' \gexec
select format('alter database %I rename to %I', :'new', :'name') \gexec
select format('comment on database %I is null', :'name') \gexec
commit;
SQL
}
for try in 1 2 3 4 5; do
    if swap; then
        # Whoever comes next waits for the lock. A function that is redirected by itself keeps what it had before, and
        # whoever hears that would wait.
        { drop_superseded | sql -v was="$was"; } >/dev/null 2>&1 &
        exit 0
    fi
    echo "clients were in the way of the swap (try $try)" >&2
done
exit 1
