# Prints what gives a role's things in a database to another: SQL for a superuser's session.

# Every column of the catalogue that names a role, and what happens where it is the role. A statement of which nothing
# has to be known but the identity (%1$s) and the new owner (%2$I) stands here; "dba" is of a kind that only a superuser
# may own, "own" has statements of its own below, and "none" is made by whoever loads, or is no part of a database.
role_columns() {
    cat <<'SQL'
create temp table role_columns (catalogue regclass, named_in name, which text, statement text);
insert into role_columns
select to_regclass('pg_catalog.' || catalogue), named_in, which, statement from (values
    -- Those of temporary tables are a session's, who shall stay their owner.
    ('pg_namespace', 'nspowner', $$nspname !~ '^pg_(toast_)?temp_'$$, 'alter schema %1$s owner to %2$I'),
    -- Indexes and tables of TOAST go with their table, and so do sequences that belong to a column.
    ('pg_class', 'relowner', $$relpersistence <> 't' and (relkind in ('r', 'p', 'v', 'm', 'f')
        or relkind = 'S' and not exists (
        select from pg_depend where classid = 'pg_class'::regclass and objid = o.oid and deptype in ('a', 'i')
            and refclassid = 'pg_class'::regclass))$$, 'alter table %1$s owner to %2$I'),
    -- The type of a table's rows goes with the table, and that of an array with its element.
    ('pg_type', 'typowner', $$typtype <> 'm' and (typrelid = 0 or exists (select from pg_class where oid = typrelid and relkind = 'c'))
        and not exists (select from pg_type element where element.typarray = o.oid)$$, 'alter type %1$s owner to %2$I'),
    -- Since PostgreSQL 17 they went with their range, and cannot go by themselves.
    ('pg_type', 'typowner', $$typtype = 'm'$$, 'alter type %1$s owner to %2$I'),
    ('pg_proc', 'proowner', 'true', 'alter routine %1$s owner to %2$I'),
    ('pg_operator', 'oprowner', 'true', 'alter operator %1$s owner to %2$I'),
    ('pg_opclass', 'opcowner', 'true', 'alter operator class %1$s owner to %2$I'),
    ('pg_opfamily', 'opfowner', 'true', 'alter operator family %1$s owner to %2$I'),
    ('pg_collation', 'collowner', 'true', 'alter collation %1$s owner to %2$I'),
    ('pg_conversion', 'conowner', 'true', 'alter conversion %1$s owner to %2$I'),
    ('pg_ts_dict', 'dictowner', 'true', 'alter text search dictionary %1$s owner to %2$I'),
    ('pg_ts_config', 'cfgowner', 'true', 'alter text search configuration %1$s owner to %2$I'),
    ('pg_language', 'lanowner', 'true', 'alter language %1$s owner to %2$I'),
    ('pg_foreign_server', 'srvowner', 'true', 'alter server %1$s owner to %2$I'),
    ('pg_statistic_ext', 'stxowner', 'true', 'alter statistics %1$s owner to %2$I'),
    ('pg_publication', 'pubowner', 'true', 'alter publication %1$s owner to %2$I'),
    ('pg_largeobject_metadata', 'lomowner', 'true', 'alter large object %1$s owner to %2$I'),
    ('pg_foreign_data_wrapper', 'fdwowner', 'true', 'dba: alter foreign data wrapper %1$s owner to %2$I'),
    ('pg_event_trigger', 'evtowner', 'true', 'dba: alter event trigger %1$s owner to %2$I'),
    ('pg_user_mapping', 'umuser', 'true', 'own'),
    ('pg_default_acl', 'defaclrole', 'true', 'own'),
    ('pg_policy', 'polroles', 'true', 'own'),
    ('pg_extension', 'extowner', 'true', 'none'),
    ('pg_subscription', 'subowner', 'true', 'none'),
    ('pg_database', 'datdba', 'true', 'none'),
    ('pg_tablespace', 'spcowner', 'true', 'none'),
    ('pg_auth_members', 'roleid', 'true', 'none'),
    ('pg_auth_members', 'member', 'true', 'none'),
    ('pg_auth_members', 'grantor', 'true', 'none'),
    ('pg_db_role_setting', 'setrole', 'true', 'none')) known (catalogue, named_in, which, statement)
where to_regclass('pg_catalog.' || catalogue) is not null;
SQL
}

# usage: with the variables owner, source and mark
# Stand-ins lose what they had, and are gone. What the source's owner had, stand-in or not, is the owner's here.
hand_over() {
    role_columns
    cat <<'SQL'
select set_config('dragonfab.owner', :'owner', false), set_config('dragonfab.source', :'source', false),
    set_config('dragonfab.mark', :'mark', false) \g /dev/null
create temp table leaving as
    select oid, rolname, rolname = :'source' as source from pg_roles
    where shobj_description(oid, 'pg_authid') = :'mark' or rolname = :'source' and :'source' <> :'owner';
do $run$
declare
    role record; kind record; id oid; name text; receiver text;
    owner text := current_setting('dragonfab.owner');
begin
    for role in select * from leaving loop
        for kind in select * from role_columns where statement not in ('own', 'none') loop
            receiver := case when kind.statement like 'dba: %' then current_user else owner end;
            for id in execute format('select oid from %s o where %I = $1 and (%s)
                -- What belongs to the first superuser from the beginning is nobody else''s.
                and (oid >= 16384 or $2 = ''pg_largeobject_metadata''::regclass or exists (select from pg_shdepend
                    where dbid = (select oid from pg_database where datname = current_database())
                    and classid = $2 and objid = o.oid and refobjid = $1 and deptype = ''o''))
                and not exists (select from pg_depend where classid = $2 and objid = o.oid and deptype = ''e'')
                order by oid', kind.catalogue, kind.named_in, kind.which) using role.oid, kind.catalogue
            loop
                name := (pg_identify_object(case kind.catalogue when 'pg_largeobject_metadata'::regclass
                    then 'pg_largeobject'::regclass else kind.catalogue end, id, 0)).identity;
                if receiver <> role.rolname then
                    execute format(replace(kind.statement, 'dba: ', ''), name, receiver);
                end if;
            end loop;
        end loop;
    end loop;
end $run$;

-- What the source's owner may do with things of others.
select format('grant %s on %s %s to %I', privilege_type || coalesce(' (' || quote_ident(attname) || ')', ''), word,
        (pg_identify_object(class, object, 0)).identity, :'owner')
        || case when is_grantable then ' with grant option' else '' end
    from (
        select 'pg_class'::regclass, oid, null, case relkind when 'S' then 'sequence' else 'table' end, relacl
            from pg_class
        union all select 'pg_class'::regclass, attrelid, attname, 'table', attacl from pg_attribute
        union all select 'pg_proc'::regclass, oid, null, 'routine', proacl from pg_proc
        union all select 'pg_namespace'::regclass, oid, null, 'schema', nspacl from pg_namespace
        union all select 'pg_type'::regclass, oid, null, 'type', typacl from pg_type
        union all select 'pg_language'::regclass, oid, null, 'language', lanacl from pg_language
        union all select 'pg_foreign_data_wrapper'::regclass, oid, null, 'foreign data wrapper', fdwacl
            from pg_foreign_data_wrapper
        union all select 'pg_foreign_server'::regclass, oid, null, 'foreign server', srvacl from pg_foreign_server
        union all select 'pg_largeobject'::regclass, oid, null, 'large object', lomacl from pg_largeobject_metadata
    ) granted (class, object, attname, word, acl), aclexplode(acl)
        join leaving on leaving.oid = grantee and grantor <> grantee and source
    \gexec

-- Who is let in elsewhere keeps that.
select format('create user mapping if not exists for %I server %I options (%s)', :'owner', srvname, (
        select string_agg(format('%I %L', option_name, option_value), ', ') from pg_options_to_table(umoptions))),
    format('drop user mapping for %I server %I', rolname, srvname)
    from pg_user_mapping m join leaving on leaving.oid = umuser and source
        join pg_foreign_server s on s.oid = umserver \gexec
select format('alter policy %I on %s to %s', polname,
        (pg_identify_object('pg_class'::regclass, polrelid, 0)).identity, (
        select string_agg(distinct format('%I', case member when leaving.oid then :'owner'
            else pg_get_userbyid(member)::text end), ', ') from unnest(polroles) member))
    from pg_policy join leaving on leaving.oid = any (polroles) and source \gexec

create temp table defaults as
    select rolname, defaclacl, defaclnamespace = 0 as everywhere,
        case defaclobjtype when 'S' then 's' else defaclobjtype end as letter,
        case when nspname is null then '' else format('in schema %I', nspname) end as place,
        case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
            when 'T' then 'types' when 'n' then 'schemas' when 'L' then 'large objects' end as kind
    from pg_default_acl join leaving on leaving.oid = defaclrole and source
        left join pg_namespace on pg_namespace.oid = defaclnamespace;
-- Those of everywhere say all that is granted, those of a schema what is granted on top.
select statement from (
    select 1, format('alter default privileges for role %I revoke all on %s from public, %1$I', :'owner', kind)
        from defaults where everywhere
    union all
    select 2, format('alter default privileges for role %I %s grant %s on %s to %s%s', :'owner', place, privilege_type,
            kind, case when grantee = 0 then 'public' when pg_get_userbyid(grantee) = rolname
                then quote_ident(:'owner') else quote_ident(pg_get_userbyid(grantee)) end,
            case when is_grantable then ' with grant option' else '' end)
        from defaults, aclexplode(defaclacl)
    union all
    select 3, format('alter default privileges for role %I %s revoke all on %s from %s', rolname, place, kind,
            case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
        from defaults, aclexplode(defaclacl)
    union all
    select 4, format('alter default privileges for role %I grant %s on %s to %s', rolname, privilege_type, kind,
            case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
        from defaults, (select oid from pg_roles) r, aclexplode(acldefault(letter::"char", r.oid))
        where everywhere and pg_get_userbyid(r.oid) = rolname
) ordered (step, statement) order by step \gexec

-- The first for a kind that is not in the table above, for the second drops what is left.
select format('reassign owned by %1$I to %2$I; drop owned by %1$I; drop role %1$I', rolname, :'owner')
    from pg_roles where shobj_description(oid, 'pg_authid') = :'mark' \gexec
SQL
}
