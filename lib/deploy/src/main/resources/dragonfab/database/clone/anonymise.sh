# usage: NAME USER [PSQL-OPTION...]
# Gives columns of the database NAME other values, in one transaction, before it has indexes, foreign keys and triggers:
# those are made of the new rows afterwards, and judge them then. Standard input: a salt, which stays in the memory
# of the session, and a JSON array of rules. COPY brings them in, for no log of the server holds what COPY reads.
# One value becomes one other value in all columns of a rule: made for the narrowest that has room for the old one.
# No message holds a value: errors are caught in the server and told again by the names in them.
set -eu
name=$1
shift 2
PGDATABASE=$name psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse "$@" -f /dev/fd/3 3<<'SQL'
set search_path = pg_catalog, pg_temp;
set client_min_messages = error;
begin;
do $quiet$
declare
    setting text[];
begin
    foreach setting slice 1 in array array[['log_statement', 'none'], ['log_min_duration_statement', '-1'],
        ['log_min_duration_sample', '-1'], ['log_min_error_statement', 'panic'], ['log_error_verbosity', 'terse'],
        ['auto_explain.log_min_duration', '-1'], ['pg_stat_statements.track', 'none'],
        ['jit', 'off'], ['work_mem', '64MB'], ['max_parallel_workers_per_gather', '8'],
        ['parallel_setup_cost', '0'], ['parallel_tuple_cost', '0'], ['temp_buffers', '256MB']]
    loop
        begin
            perform set_config(setting[1], setting[2], false);
        exception when insufficient_privilege or undefined_object or invalid_parameter_value then null;
        end;
    end loop;
end
$quiet$;
create temp table input (at serial, line text);
\copy input (line) from pstdin
create temp table touched (id oid, source text, is_fresh boolean default false);
create temp table widths (rule text, most int);
create temp table short (rule text, most int, key bytea, fold bytea, is_small boolean, made text);

-- 256 pieces of letters and a space, four times: in small letters, the first one a capital, the second, both.
create function pg_temp.pieces(heads text, tails text) returns bytea language sql as $$
    select convert_to(string_agg(case when capitals & 1 = 1 then upper(head) else head end
        || case when capitals & 2 = 2 then upper(left(tail, 1)) else left(tail, 1) end || substr(tail, 2) || ' ', ''
        order by capitals, head, tail), getdatabaseencoding())
    from generate_series(0, 3) capitals, unnest(string_to_array(heads, ',')) head,
        unnest(string_to_array(tails, ',')) tail $$;

-- Text from the digest "h", byte by byte, of the pieces in $2 (two letters) or $3 (three). A piece of bytes is found at
-- once, one of text or of an array only after all before it. The digest "c" chooses capitals where nothing else does.
-- @param capitals bytes whose first letter is one; null for those that "c" chooses, and at least the first
create function pg_temp.spelled(width int, bytes int, spaces_after int[], capitals int[]) returns text
language sql as $$
    select format('convert_from(%s, getdatabaseencoding())', string_agg(format('substr($%s, %s + %s * get_byte("h",'
        ' %s)%s, %s)', width, case when i = any(capitals) then 256 * (width + 1) else 0 end + 1, width + 1, i, case
            when capitals is null then format(' + %s * (get_byte("c", %s) & 3%s)', 256 * (width + 1), i,
                case i when 0 then ' | 1' end) end,
        case when i = any(spaces_after) then width + 1 else width end), ' || ' order by i))
    from generate_series(0, bytes - 1) i $$;

-- A value of other capitals becomes the same letters, with other capitals. @param cut where the letters go
-- @param starts the bytes that begin words
create function pg_temp.capitalised(cut text, width int, bytes int, spaces_after int[], starts int[]) returns text
language sql as $$
    select format('case "k" when 0 then %1$s when 1 then %2$s when 2 then %3$s else %4$s end', format(cut, small),
        format(cut, pg_temp.spelled(width, bytes, spaces_after, starts)), format(cut, format('upper(%s)', small)),
        format(cut, pg_temp.spelled(width, bytes, spaces_after, null)))
    from pg_temp.spelled(width, bytes, spaces_after, '{}') small $$;

-- Letters come in pairs, and to cut takes nearly as long as a digest.
create function pg_temp.cut_of_pairs(room int) returns text language sql as
    $$ select case room % 2 when 0 then '%s' else format('left(%%s, %s)', room) end $$;

-- Nothing in it is written but what is the same for all rows, so that the server runs it without functions of ours, and
-- by several processes. $1 is the salt; "v" is the old value, "l" that in small letters, "h" the digest of "l", so that
-- values which are equal but for their capitals stay so (a column may compare them that way), "k" the kind of capitals
-- in "v" (none, those that begin words, all, or others), and "c" the digest of a "v" with others.
create function pg_temp.direct(rule text, most int) returns text language plpgsql as $$
declare
    room int;
begin
    case rule
    -- Letters and no digits, which have no capitals.
    when 'hash' then
        room := least(most, 24);
        return pg_temp.capitalised(pg_temp.cut_of_pairs(room), 2, (room + 1) / 2, '{}', '{0}');
    when 'email' then
        room := least(most, 37) - 17;
        return pg_temp.capitalised(format($q$'u' || %s || '@example.invalid'$q$, pg_temp.cut_of_pairs(room)), 2,
            (room + 1) / 2, '{}', '{0}');
    when 'phone' then
        return $q$'+999' || substr(((get_byte("h", 0) * 4294967296 + get_byte("h", 1) * 16777216::int8
            + get_byte("h", 2) * 65536 + get_byte("h", 3) * 256 + get_byte("h", 4)) % 100000000000
            + 100000000000)::text, 2)$q$;
    when 'ip' then
        return format($q$left(case when strpos("v", ':') > 0
            then 'fd' || substr(encode("h", 'hex'), 1, 2)
                || regexp_replace(substr(encode("h", 'hex'), 3, 28), '(....)', ':\1', 'g')
            else '10.' || get_byte("h", 0) || '.' || get_byte("h", 1) || '.' || get_byte("h", 2) end, %s)$q$,
            least(most, 43));
    when 'name' then
        return pg_temp.capitalised(case when most < 22 then format('rtrim(left(%%s, %s))', most) else '%s' end, 3, 7,
            '{2}', '{0,3}');
    when 'text' then
        -- As long as before, and as many words as there are letters for.
        return format('rtrim(left(repeat(case when "v" = "l" then %1$s else %2$s end, %3$s / 47 + 1), %3$s))',
            pg_temp.spelled(3, 13, '{1,3,4,6,8,9,11,12}', '{}'), pg_temp.spelled(3, 13, '{1,3,4,6,8,9,11,12}', '{0}'),
            format('least(greatest(length("v"), 24), %s)', least(most, 2000)));
    end case;
end
$$;

-- So narrow that two digests may be the same there: then the values are numbered, in the order of their digests.
create function pg_temp.is_short(rule text, most int) returns boolean language sql as
    $$ select most < case rule when 'hash' then 16 when 'email' then 29 when 'phone' then 15 else 0 end $$;

-- @param variant tells apart what is the same but for capitals, and has one letter of each capital where its bits are
create function pg_temp.numbered(rule text, most int, number bigint, variant bigint) returns text
language plpgsql as $$
declare
    base int := case when rule = 'phone' then 10 when variant is null then 36 else 26 end;
    room int := case rule when 'email' then most - 17 when 'phone' then case when most < 8 then most else most - 4 end
        else most end;
    letter text;
    made text := '';
begin
    for i in 1 .. room loop
        letter := substr(case base when 10 then '0123456789' else 'abcdefghijklmnopqrstuvwxyz0123456789' end,
            (number % base)::int + 1, 1);
        made := case when variant % 2 = 1 then upper(letter) else letter end || made;
        number := number / base;
        variant := variant / 2;
    end loop;
    return case when rule = 'email' then 'u' || made || '@example.invalid'
        when rule = 'phone' and room < most then '+999' || made else made end;
end
$$;

create function pg_temp.made(word text) returns text language plpgsql as $$
declare
    ways text := '';
    most int;
begin
    for most in select w.most from widths w where w.rule = word order by 1 loop
        ways := ways || format(' when length("v") <= %s then %s', most, case when pg_temp.is_short(word, most)
            then format('(select s.made from pg_temp.short s where s.rule = %L and s.most = %s and'
                ' s.key = sha256($1 || convert_to("v", getdatabaseencoding())))', word, most)
            else pg_temp.direct(word, most) end);
    end loop;
    return format('case when "v" = '''' then "v"%s else %s end', ways, pg_temp.direct(word, null));
end
$$;

-- The old values of some columns by their numbers, in a FROM that gives their letters and digests too.
-- @param beside what else comes from there, and from where
create function pg_temp.digested(numbers text[], olds text[], beside text, source text) returns text
language sql as $$
    select format('(select *, %s from (select *, %s from (select *, %s from (select %s %s offset 0) v offset 0) l'
        ' offset 0) k offset 0) h',
        string_agg(format('sha256($1 || convert_to("l%1$s", getdatabaseencoding())) as "h%1$s", case when "k%1$s" = 3'
            ' then sha256($1 || convert_to("v%1$s", getdatabaseencoding())) end as "c%1$s"', number), ', '),
        string_agg(format('case when "v%1$s" = "l%1$s" then 0 when "v%1$s" = initcap("l%1$s") then 1'
            ' when "v%1$s" = upper("l%1$s") then 2 else 3 end as "k%1$s"', number), ', '),
        string_agg(format('lower("v%1$s") as "l%1$s"', number), ', '),
        concat_ws(', ', beside, string_agg(format('%s collate "default" as "v%s"', old, number), ', ')), source)
    from unnest(numbers, olds) o (number, old) $$;

create function pg_temp.made_of(word text, old text) returns text language sql as
    $$ select format('(select %s from %s)', pg_temp.made(word), pg_temp.digested('{""}', array[old], null, null)) $$;

-- JSON: each text in it, to any depth; its keys and numbers stay.
create function pg_temp.make_leaves(word text) returns void language plpgsql as $$
begin
    execute format($f$create or replace function pg_temp.leaves_%1$s(bytea, bytea, bytea, doc jsonb) returns jsonb
        language plpgsql as $leaves$
        begin
            return case jsonb_typeof(doc)
                when 'object' then (select coalesce(jsonb_object_agg(key, pg_temp.leaves_%1$s($1, $2, $3, value)), '{}')
                    from jsonb_each(doc))
                when 'array' then (select coalesce(jsonb_agg(pg_temp.leaves_%1$s($1, $2, $3, value) order by place),
                    '[]') from jsonb_array_elements(doc) with ordinality e (value, place))
                when 'string' then to_jsonb(%2$s)
                else doc end;
        end $leaves$ $f$, word, pg_temp.made_of(word, $q$(doc #>> '{}')$q$));
end
$$;

create function pg_temp.old(rule jsonb) returns text language sql as $$
    select format(case when rule ->> 'class' = 'inet' then 'abbrev(%I::inet)' else '%I::text' end,
        rule ->> 'column') $$;

-- @param new of "v", "l", "k", "h" and "c" with the column's number, or of the columns themselves where old is null
create function pg_temp.value(rule jsonb, number bigint, out old text, out new text) language plpgsql as $$
declare
    c text := format('%I', rule ->> 'column');
    word text := rule ->> 'rule';
    class text := rule ->> 'class';
    whole text := pg_temp.old(rule);
    digest text := 'encode(sha256($1 || convert_to(%s, getdatabaseencoding())), ''hex'')';
    base regtype;
    type text;
    fields int;
begin
    -- Without its length: what is too long shall be an error, and a cast would cut it.
    select format_type(atttypid, -1), atttypid into type, base from pg_attribute where attname = rule ->> 'column'
        and attrelid = to_regclass(format('%I.%I', rule ->> 'schema', rule ->> 'table'));
    while (select typtype from pg_type where oid = base) = 'd' loop
        select typbasetype into base from pg_type where oid = base;
    end loop;
    new := case
        when word = 'null' then 'null'
        when word in ('empty', 'fixed') then format('case when %s is distinct from null then %L::%s end', c,
            case when word = 'fixed' then rule ->> 'value' else (select case
                when t.typcategory = 'A' or t.typtype = 'm' or t.typname in ('json', 'jsonb') then '{}'
                when t.typtype = 'r' then 'empty'
                when t.typtype = 'c' then format('(%s)', (select repeat(',', greatest(count(*)::int - 1, 0))
                    from pg_attribute where attrelid = t.typrelid and attnum > 0 and not attisdropped))
                else '' end from pg_type t where t.oid = base) end, type)
        when class = 'texts' then format('case when %1$s is not null then array(select %2$s from unnest(%1$s) e) end',
            c, pg_temp.made_of(word, 'e::text'))
        when class = 'json' then format('pg_temp.leaves_%s($1, $2, $3, %s::jsonb)::%s', word, c, type)
        when class = 'uuid' then format('left(%s, 32)::uuid', format(digest, whole))
        when class = 'int8' and word <> 'phone' then format('(%L || left(%s, 15))::bit(60)::int8', 'x',
            format(digest, whole))
        when class = 'int4' then format('(%L || left(%s, 7))::bit(28)::int4', 'x', format(digest, whole)) end;
    if new is null then
        old := whole || case when class = 'inet' and word = 'hash' then ' || '':''' else '' end;
        new := format(case class when 'inet' then '%s::inet' when 'int8' then 'substr(%s, 2)::int8' else '%s' end,
            regexp_replace(pg_temp.made(case class when 'inet' then 'ip' else word end), '"([vlkhc])"',
                format('"\1%s"', number), 'g'));
    end if;
end
$$;

create function pg_temp.own_columns(id oid) returns table (attnum smallint, attname name) language sql as $$
    select attnum, attname from pg_attribute
        where attrelid = id and attnum > 0 and not attisdropped and attgenerated = '' $$;

-- And most of it in the rows themselves: what lies beside them would be copied twice.
create function pg_temp.is_large(id oid) returns boolean language sql as $$
    select relkind = 'r' and pg_relation_size(oid) > 8 << 20 and pg_relation_size(oid) >= case reltoastrelid when 0
        then 0 else pg_relation_size(reltoastrelid) end from pg_class where oid = id $$;

do $anonymise$
declare
    salt bytea := (select decode(line, 'hex') from input where at = 1);
    rules jsonb := (select line::jsonb from input where at = 2);
    of record;
    doing text := 'check the rules';
    wrong boolean;
    pairs bytea := pg_temp.pieces('a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p', 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p');
    syllables bytea := pg_temp.pieces('b,d,f,g,h,j,k,l,m,n,p,r,s,t,v,z',
        'ai,au,ea,ei,eu,ia,ie,io,oa,ou,an,ar,en,er,in,on');
    state text; message text; constraint_is text; table_is text; column_is text;
begin
    if salt is null or rules is null then
        raise exception 'the rules were cut off';
    end if;
    insert into touched
        select c.oid, case c.relkind when 'r' then 'only ' else '' end || c.oid::regclass
        from (select distinct to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table')) as id
            from jsonb_array_elements(rules) r) t join pg_class c on c.oid = t.id;
    insert into widths select distinct r ->> 'rule', most from jsonb_array_elements(rules) r
        join pg_attribute a on a.attrelid = to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table'))
            and a.attname = r ->> 'column'
        cross join lateral (select coalesce((r ->> 'length')::int, case when a.atttypmod >= 4
            then a.atttypmod - 4 end)) w (most)
        where r ->> 'class' in ('text', 'texts') and most >= case r ->> 'rule' when 'email' then 24 else 1 end
            and r ->> 'rule' in ('hash', 'email', 'phone', 'ip', 'name', 'text');
    insert into touched select p.relid, null from touched t cross join pg_partition_tree(t.id) p
        where p.relid <> t.id;

    -- Letters are folded before anything is made of them, which is not all that a collation may look past.
    doing := 'check what collations take for equal';
    for of in select r ->> 'rule' as word, string_agg(distinct t.id::regclass || '.' || quote_ident(attname), ', ')
                as columns, format('%I.%I', nspname, collname) as collation, string_agg(format(
                'select lower(%s collate "default") as v from %s', case r ->> 'class' when 'texts' then
                format('unnest(%I)::text', attname) else format('%I::text', attname) end, t.source), ' union ') as olds
            from jsonb_array_elements(rules) r
                join touched t on t.id = to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table'))
                join pg_attribute on attrelid = t.id and attname = r ->> 'column'
                join pg_collation l on l.oid = attcollation and to_jsonb(l) ->> 'collisdeterministic' = 'false'
                join pg_namespace n on n.oid = collnamespace
            where r ->> 'class' in ('text', 'texts') and r ->> 'rule' not in ('null', 'empty', 'fixed')
            group by 1, 3 loop
        execute format('select count(distinct v) <> count(distinct v collate %s) from (%s) o', of.collation, of.olds)
            into wrong;
        if wrong then
            raise exception '%: there the collation % takes for equal what is spelled otherwise, and the rule % would '
                'tell it apart: null, empty, fixed and keep do not', of.columns, of.collation, of.word;
        end if;
    end loop;

    doing := 'number the values of narrow columns';
    for of in select word, most, is_folded, olds from (select rule as word, max(most) as most from widths
            where pg_temp.is_short(rule, most) group by rule) w
            cross join lateral (select bool_or((r ->> 'folded')::boolean) as is_folded, string_agg(format(
                case r ->> 'class'
                when 'texts' then 'select unnest(%2$I)::text collate "default" as v from %1$s'
                else 'select %3$s collate "default" as v from %1$s' end, t.source, r ->> 'column', pg_temp.old(r)),
                ' union all ') as olds
                from jsonb_array_elements(rules) r
                join touched t on t.id = to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table'))
                where r ->> 'rule' = word and r ->> 'class' in ('text', 'texts', 'int8') and (r ->> 'class' <> 'int8'
                    or word = 'phone')) o loop
        execute format('insert into pg_temp.short (rule, most, key, fold, is_small) select %1$L, m, sha256($1 ||'
            ' convert_to(v, getdatabaseencoding())), sha256($1 || convert_to(%2$s, getdatabaseencoding())),'
            ' v = lower(v) from (select distinct v, (select min(most) from pg_temp.widths where rule = %1$L and'
            ' most >= length(v)) as m'
            ' from (%3$s) o where length(v) between 1 and %4$s) o', of.word,
            case when of.is_folded then 'lower(v)' else 'v' end, of.olds, of.most) using salt;
        update short s set made = pg_temp.numbered(s.rule, s.most, n.place - 1,
                case when of.is_folded then n.variant end)
            from (select rule, most, key, dense_rank() over (partition by most order by fold) as place,
                row_number() over (partition by most, fold order by is_small desc, key) - 1 as variant
                from short where rule = of.word) n
            where (n.rule, n.most, n.key) = (s.rule, s.most, s.key);
    end loop;
    create index on short (key, rule, most);
    analyze short;

    perform pg_temp.make_leaves(word) from (select distinct r ->> 'rule' from jsonb_array_elements(rules) r
        where r ->> 'class' = 'json' and r ->> 'rule' not in ('null', 'empty', 'fixed')) j (word);
    for of in select t.id, t.source, exists (select from jsonb_array_elements(rules) r where r ->> 'rule' = 'drop'
                and to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table')) = t.id) as is_dropped,
            string_agg(format('%I = %s', name, new), ', ') filter (where name <> '' and old is null) as plain,
            string_agg(quote_ident(name), ', ' order by number) filter (where old is not null) as names,
            string_agg(new, ', ' order by number) filter (where old is not null) as made,
            array_agg(number::text order by number) filter (where old is not null) as numbers,
            array_agg(old order by number) filter (where old is not null) as olds,
            string_agg(format('%I is distinct from null', name), ' or ') filter (where name <> '') as filled,
            jsonb_object_agg(name, jsonb_build_object('new', new, 'old', old)) filter (where name <> '') as changes
            from touched t left join (select r ->> 'column' as name, number, v.*,
                to_regclass(format('%I.%I', r ->> 'schema', r ->> 'table')) as id
                from jsonb_array_elements(rules) with ordinality c (r, number)
                cross join lateral pg_temp.value(r, number) v where r ->> 'rule' <> 'drop') c on c.id = t.id
            where t.source <> '' group by t.id, t.source loop
        doing := of.id::regclass::text;
        if not of.is_dropped and of.names <> '' and pg_temp.is_large(of.id) then
            -- Several processes make the new rows, and none of the old ones is in the files afterwards.
            execute format('create temp table fresh as select %s from %s', (select string_agg(case
                    when of.changes -> attname ->> 'old' is null then format('"o%s"', attnum)
                    else format('%s as "o%s"', of.changes -> attname ->> 'new', attnum) end, ', ' order by attnum)
                from pg_temp.own_columns(of.id)), pg_temp.digested(of.numbers, of.olds,
                (select string_agg(format('%s as "o%s"', coalesce(of.changes -> attname ->> 'new',
                    quote_ident(attname)), attnum), ', ' order by attnum) from pg_temp.own_columns(of.id)
                    where of.changes -> attname ->> 'old' is null), format('from %s', of.source)))
                using salt, pairs, syllables;
            execute format('truncate %s', of.source);
            execute format('insert into %s (%s) overriding system value select * from pg_temp.fresh', of.id::regclass,
                (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_temp.own_columns(of.id)));
            drop table pg_temp.fresh;
            update touched set is_fresh = true where id = of.id;
        elsif not of.is_dropped then
            execute format('update %s set %s where %s', of.source, concat_ws(', ', of.plain, case when of.names <> ''
                then format('(%s) = (select %s from %s)', of.names, of.made, pg_temp.digested(of.numbers, of.olds, null,
                null)) end), of.filled) using salt, pairs, syllables;
        else
            execute format('truncate %s', of.source);
        end if;
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
        when state = 'P0001' and doing ~ '^check ' then message
        when state = '23505' then format('%s: two rows became equal, and %s says that they differ', table_is,
            constraint_is)
        when state = '23502' then format('%s.%s: null is not allowed there', table_is, column_is)
        when state like '23%' then format('%s: the new values break %s', doing, constraint_is)
        when state like '22%' then format('%s: a new value does not fit its column (error %s)', doing, state)
        when left(state, 2) in ('0A', '25', '28', '42', '53', '54', '55', '57') then format('%s: %s', doing, message)
        else format('%s: error %s', doing, state) end, '\mpublic\.', '', 'g');
end
$anonymise$;

commit;

-- What was there lies in the files until they are written anew.
select format('vacuum full %s', id::regclass) from touched where source is not null and not is_fresh order by id \gexec
select 'vacuum full pg_statistic' where current_setting('is_superuser') = 'on' \gexec
SQL
