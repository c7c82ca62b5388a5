# usage: NAME USER [PSQL-OPTION...]
# Gives columns of the database NAME other values, in one transaction. Standard input: a salt, which stays in the memory
# of the session, and a JSON array of rules. COPY brings them in, for no log of the server holds what COPY reads.
# No message holds a value: errors are caught in the server and told again by the names in them.
set -eu
name=$1
shift 2
PGDATABASE=$name psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse "$@" -f /dev/fd/3 3<<'SQL'
set search_path = pg_catalog, pg_temp;
set client_min_messages = error;
do $quiet$
declare
    setting text[];
begin
    foreach setting slice 1 in array array[['log_statement', 'none'], ['log_min_duration_statement', '-1'],
        ['log_min_duration_sample', '-1'], ['log_min_error_statement', 'panic'], ['log_error_verbosity', 'terse'],
        ['auto_explain.log_min_duration', '-1'], ['pg_stat_statements.track', 'none']]
    loop
        begin
            perform set_config(setting[1], setting[2], false);
        exception when insufficient_privilege then null;
        end;
    end loop;
end
$quiet$;
create temp table input (at serial, line text);
\copy input (line) from pstdin
create temp table touched (id oid, source text);

create function pg_temp.digest(salt text, v text) returns text language sql immutable parallel safe as
    $$ select encode(sha256(convert_to(salt || v, getdatabaseencoding())), 'hex') $$;

-- Two letters of the digest become one syllable, so that no two digests become the same word.
create function pg_temp.word(digest text, place int, syllables int) returns text language plpgsql immutable as $$
declare
    heads text := 'bdfghjklmnprstvz';
    tails text[] := '{a,e,i,o,u,ai,au,ea,ia,io,oa,ou,an,en,in,on}';
    word text := '';
begin
    for i in place .. place + syllables - 1 loop
        word := word || substr(heads, strpos('0123456789abcdef', substr(digest, 2 * i + 1, 1)), 1)
            || tails[strpos('0123456789abcdef', substr(digest, 2 * i + 2, 1))];
    end loop;
    return word;
end
$$;

create function pg_temp.made(salt text, rule text, v text, most int) returns text language plpgsql immutable as $$
declare
    h text;
    made text;
    size int;
begin
    if v is null or v = '' then
        return v;
    end if;
    h := pg_temp.digest(salt, v);
    case rule
    when 'hash' then
        -- Six bits a letter where there is little room.
        made := case when most < 32 then translate(encode(decode(h, 'hex'), 'base64'), '+/=', 'xy')
            else left(h, 32) end;
    when 'email' then
        made := left('u' || h, least(coalesce(most, 64), 37) - 16) || '@example.invalid';
    when 'phone' then
        made := '+999' || lpad((('x' || left(h, 15))::bit(60)::bigint % 100000000000)::text, 11, '0');
    when 'ip' then
        made := case when strpos(v, ':') > 0
            then 'fd' || substr(h, 1, 2) || regexp_replace(substr(h, 3, 28), '(....)', ':\1', 'g')
            else format('10.%s.%s.%s', ('x' || substr(h, 1, 2))::bit(8)::int, ('x' || substr(h, 3, 2))::bit(8)::int,
                ('x' || substr(h, 5, 2))::bit(8)::int) end;
    when 'name' then
        made := initcap(pg_temp.word(h, 0, 3)) || ' ' || initcap(pg_temp.word(h, 3, 4));
    when 'text' then
        size := least(coalesce(most, 2000), greatest(length(v), 24), 2000);
        made := initcap(pg_temp.word(h, 0, 3));
        for i in 1 .. size loop
            exit when length(made) >= size;
            made := made || ' ' || pg_temp.word(h, (3 * i) % 30, 2 + i % 2);
            if i % 10 = 0 then
                h := pg_temp.digest(salt, i || h);
            end if;
        end loop;
        made := left(made, size);
    end case;
    return rtrim(left(made, coalesce(most, length(made))));
end
$$;

-- $1 is the salt.
create function pg_temp.value(rule jsonb) returns text language plpgsql stable as $$
declare
    c text := format('%I', rule ->> 'column');
    word text := rule ->> 'rule';
    class text := rule ->> 'class';
    v text := format(case when (rule ->> 'folded')::boolean then 'lower(%s::text)' else '%s::text' end, c);
    made text := format('pg_temp.made($1, %L, %%s, %s)', word, coalesce(rule ->> 'length', 'null'));
    -- Without its length: what is too long shall be an error, and a cast would cut it.
    type text := (select format_type(atttypid, -1) from pg_attribute where attname = rule ->> 'column'
        and attrelid = to_regclass(format('%I.%I', rule ->> 'schema', rule ->> 'table')));
begin
    return case
        when word = 'null' then 'null'
        when word in ('empty', 'fixed') then format('case when %s is not null then %L::%s end', c,
            case when word = 'fixed' then rule ->> 'value'
                when class in ('texts', 'array', 'json') then '{}' else '' end, type)
        when class = 'texts' then format('case when %1$s is not null then array(select %2$s from unnest(%1$s) e) end',
            c, format(made, 'e::text'))
        when class = 'uuid' then format('left(pg_temp.digest($1, %s), 32)::uuid', v)
        when class = 'inet' then format('pg_temp.made($1, %L, %s, null)::inet', 'ip',
            case word when 'hash' then format('%s || %L', v, ':') else v end)
        when class = 'int8' and word = 'phone' then format('substr(%s, 2)::int8', format(made, v))
        when class = 'int8' then format('(%L || left(pg_temp.digest($1, %s), 15))::bit(60)::int8', 'x', v)
        when class = 'int4' then format('(%L || left(pg_temp.digest($1, %s), 7))::bit(28)::int4', 'x', v)
        else format(made, v) end;
end
$$;

do $anonymise$
declare
    salt text := (select line from input where at = 1);
    rules jsonb := (select line::jsonb from input where at = 2);
    of record;
    doing text := 'check the rules';
    wrong boolean;
    again text[] := '{}';
    state text; message text; constraint_is text; table_is text; column_is text;
begin
    if salt is null or rules is null then
        raise exception 'the rules were cut off';
    end if;
    insert into touched
        select c.oid, case c.relkind when 'r' then 'only ' else '' end || c.oid::regclass
        from (select distinct to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table')) as id
            from jsonb_array_elements(rules) r) t join pg_class c on c.oid = t.id;
    insert into touched select p.relid, null from touched t cross join pg_partition_tree(t.id) p
        where p.relid <> t.id;

    doing := 'switch triggers off';
    begin
        perform set_config('session_replication_role', 'replica', true);
    exception when insufficient_privilege then
        if exists (select from pg_trigger join touched on id = tgrelid)
                or exists (select from pg_rewrite join touched on id = ev_class) then
            raise exception 'triggers cannot be switched off: the dba is no superuser (from PostgreSQL 15 on, '
                'grant set on parameter session_replication_role does)';
        end if;
    end;
    for of in select id::regclass as relation, tgname as name, 'trigger' as what, tgenabled as fires
            from pg_trigger join touched on id = tgrelid where tgenabled in ('A', 'R') and not tgisinternal
            union all select id::regclass, rulename, 'rule', ev_enabled
            from pg_rewrite join touched on id = ev_class where ev_enabled in ('A', 'R') loop
        execute format('alter table only %s disable %s %I', of.relation, of.what, of.name);
        again := again || format('alter table only %s enable %s %s %I', of.relation,
            case of.fires when 'A' then 'always' else 'replica' end, of.what, of.name);
    end loop;

    for of in select t.id, t.source, bool_or(r ->> 'rule' = 'drop') as is_dropped,
            string_agg(format('%I = %s', r ->> 'column', pg_temp.value(r)), ', ')
                filter (where r ->> 'rule' <> 'drop') as changes,
            string_agg(format('%I is not null', r ->> 'column'), ' or ')
                filter (where r ->> 'rule' <> 'drop') as filled
            from jsonb_array_elements(rules) r
            join touched t on t.id = to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table'))
            group by t.id, t.source loop
        doing := of.id::regclass::text;
        if not of.is_dropped then
            execute format('update %s set %s where %s', of.source, of.changes, of.filled) using salt;
        -- Truncating takes the tables that refer to this one along, or is refused: then the rows go one by one.
        elsif exists (select from pg_constraint where contype = 'f' and confrelid = of.id) then
            execute format('delete from %s', of.source);
        else
            execute format('truncate %s', of.source);
        end if;
    end loop;

    for of in select c.conname, c.conrelid::regclass as relation, c.confrelid::regclass as target,
            format('select exists (select from %s f where %s and not exists (select from %s p where %s))',
                (select case relkind when 'r' then 'only ' else '' end from pg_class where oid = c.conrelid)
                    || c.conrelid::regclass, filled,
                (select case relkind when 'r' then 'only ' else '' end from pg_class where oid = c.confrelid)
                    || c.confrelid::regclass, same) as question
            from pg_constraint c cross join lateral (
                select string_agg(format('f.%I is not null', a.attname), ' and ') as filled,
                    string_agg(format('p.%I operator(%I.%s) f.%I', b.attname, n.nspname, o.oprname, a.attname),
                        ' and ') as same
                from unnest(c.conkey, c.confkey, c.conpfeqop) k (here, there, equal)
                    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.here
                    join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.there
                    join pg_operator o on o.oid = k.equal join pg_namespace n on n.oid = o.oprnamespace) keys
            where c.contype = 'f' and c.convalidated and c.conparentid = 0
                and (c.conrelid in (select id from touched) or c.confrelid in (select id from touched)) loop
        doing := format('check %s', of.conname);
        execute of.question into wrong;
        if wrong then
            raise exception '% refers to rows of % that are not there any more (foreign key %): '
                'give both sides the same rule', of.relation, of.target, of.conname;
        end if;
    end loop;

    -- A deferrable constraint is checked by a trigger, and those are off.
    for of in select c.conname, c.conrelid::regclass as relation, format(
            'select exists (select from %s where (%s) is not null group by %s having count(*) > 1)',
            t.source, columns, columns) as question
            from pg_constraint c join touched t on t.id = c.conrelid and t.source is not null
            cross join lateral (select string_agg(format('%I', attname), ', ') as columns from pg_attribute
                where attrelid = c.conrelid and attnum = any (c.conkey)) k
            where c.contype in ('u', 'p') and c.condeferrable loop
        doing := format('check %s', of.conname);
        execute of.question into wrong;
        if wrong then
            raise unique_violation using constraint = of.conname, table = of.relation::text;
        end if;
    end loop;

    for of in select unnest(again) as change loop
        execute of.change;
    end loop;
    for of in select oid::regclass as view from pg_class where relkind = 'm' and relispopulated order by oid loop
        doing := format('refresh %s', of.view);
        execute format('refresh materialized view %s', of.view);
        insert into touched values (of.view, of.view);
    end loop;

    -- The commonest values of a column stand in its statistics, and stay there when the table is empty.
    doing := 'forget statistics';
    begin
        delete from pg_statistic where starelid in (select id from touched);
        delete from pg_statistic_ext_data where stxoid in (select e.oid from pg_statistic_ext e
            join touched on id = stxrelid);
    exception when insufficient_privilege then null;
    end;
exception when others then
    get stacked diagnostics state = returned_sqlstate, message = message_text, constraint_is = constraint_name,
        table_is = table_name, column_is = column_name;
    raise exception '%', regexp_replace(case
        when state = 'P0001' and doing ~ '^(check|switch)' then message
        when state = '23505' then format('%s: two rows became equal, and %s says that they differ', table_is,
            constraint_is)
        when state = '23502' then format('%s.%s: null is not allowed there', table_is, column_is)
        when state like '23%' then format('%s: the new values break %s', doing, constraint_is)
        when state like '22%' then format('%s: a new value does not fit its column (error %s)', doing, state)
        when left(state, 2) in ('0A', '25', '28', '42', '53', '54', '55', '57') then format('%s: %s', doing, message)
        else format('%s: error %s', doing, state) end, '\mpublic\.', '', 'g');
end
$anonymise$;

-- What was there lies in the files until they are written anew.
select format('vacuum (full, analyze) %s', id::regclass) from touched where source is not null order by id \gexec
select 'vacuum full pg_statistic' where current_setting('is_superuser') = 'on' \gexec
SQL
