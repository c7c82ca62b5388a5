# usage: NAME USER [PSQL-OPTION...]
# Prints one JSON object for each column of the database NAME: what it is, and how many of a sample of its values look
# like what. No value is printed, and nothing is changed. The pattern of personal names is read from standard input.
set -eu
name=$1
shift 2
PGDATABASE=$name psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse "$@" -f /dev/fd/3 3<<'SQL'
set search_path = pg_catalog, pg_temp;
create temp table names (pattern text);
\copy names from pstdin
create temp table facts (fact jsonb);
begin read only;
do $facts$
declare
    of record;
    source text;
    strings text;
    counts jsonb;
    pages bigint;
    sample text;
    names text not null := (select pattern from names);
    email text := '[[:alnum:]._%+-]+@[[:alnum:]-]+(\.[[:alnum:]-]+)*\.[[:alpha:]]{2,}';
    phone text := '^\s*(\+|\(|0)[0-9 ()./-]{6,20}[0-9]\s*$|^\s*[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}\s*$';
    day text := '^\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T].*)?$';
    octet text := '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
    ip text := format('^\s*(%1$s(\.%1$s){3}|([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|[0-9a-f:]*::[0-9a-f:.]+)(/[0-9]+)?\s*$',
        octet);
    iban text := '^\s*[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{4}){2,7}( ?[A-Z0-9]{1,3})?\s*$';
begin
    for of in
        with recursive types as (
            select oid, oid as base, -1 as modifier, false as inner_not_null from pg_type where typtype <> 'd'
            union all
            select d.oid, t.base, case when d.typtypmod >= 0 then d.typtypmod else t.modifier end, d.typnotnull
            from pg_type d join types t on t.oid = d.typbasetype where d.typtype = 'd'
        )
        select c.oid, c.relkind, c.relispartition, n.nspname, c.relname, a.attname, a.attnum, b.typname,
            e.typname as element, a.attnotnull or t.inner_not_null as not_null, a.attgenerated <> '' as is_generated,
            a.attidentity = 'a' as is_identity,
            case when b.typname in ('varchar', 'bpchar') and m.modifier >= 4 then m.modifier - 4
                 when b.typname = 'name' then 63 end as length,
            case when b.typname in ('text', 'varchar', 'bpchar', 'citext', 'name') then 'text'
                 when e.typname in ('text', 'varchar', 'bpchar', 'citext', 'name') then 'texts'
                 when b.typcategory = 'A' then 'array'
                 when b.typname in ('json', 'jsonb') then 'json'
                 when b.typname in ('inet', 'cidr', 'uuid', 'bytea', 'bool', 'int2', 'int4', 'int8', 'numeric',
                    'hstore', 'xml', 'tsvector') then case b.typname when 'cidr' then 'inet' else b.typname end
                 when b.typname in ('date', 'timestamp', 'timestamptz') then 'date'
                 else 'other' end as class,
            exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                and d.deptype = 'e') as is_extension,
            c.relkind = 'p' and exists (select from pg_partition_tree(c.oid) p
                join pg_class l on l.oid = p.relid where l.relkind = 'f') as is_foreign
        from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join types t on t.oid = a.atttypid
            join pg_type b on b.oid = t.base
            left join pg_type e on e.oid = b.typelem and b.typcategory = 'A'
            cross join lateral (select case when a.atttypmod >= 0 then a.atttypmod else t.modifier end) m (modifier)
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        order by n.nspname, c.relname, a.attnum
    loop
        source := case of.relkind when 'r' then 'only ' else '' end || format('%I.%I', of.nspname, of.relname);
        counts := '{}';
        if of.relkind in ('r', 'p') and not of.relispartition and not of.is_extension and not of.is_foreign then
            if of.class in ('text', 'texts', 'json', 'inet', 'cidr', 'hstore', 'xml', 'tsvector') then
                strings := case when of.class = 'texts' then 'c::text[]'
                    when of.class in ('json', 'hstore', 'tsvector') then
                        $s$array(select m[1] from regexp_matches(v, '["''](([^"''\\]|\\.)*)["'']', 'g') m)$s$
                    else 'array[v]' end;
                select sum(pg_relation_size(p.relid)) / 8192 into pages from pg_partition_tree(of.oid) p;
                pages := coalesce(pages, pg_relation_size(of.oid) / 8192);
                sample := case when pages > 1000 then format(' tablesample system (%s)', 100000.0 / pages) else '' end;
                loop
                    execute format($q$
                        select jsonb_build_object('values', count(*),
                            'emails', count(*) filter (where v ~ %4$L),
                            'phones', count(*) filter (where exists (select from unnest(s) x
                                where x ~ %5$L and x !~ %6$L and x !~* %7$L)),
                            'ips', count(*) filter (where exists (select from unnest(s) x where x ~* %7$L)),
                            'ibans', count(*) filter (where exists (select from unnest(s) x where x ~ %8$L)),
                            'keys', count(*) filter (where %9$L in ('json', 'hstore') and exists (
                                select from regexp_matches(v, '"([A-Za-z][A-Za-z0-9_-]*)"\s*(?::|=>)', 'g') k
                                where lower(regexp_replace(k[1], '([a-z0-9])([A-Z])', '\1_\2', 'g')) ~ %10$L)))
                        from (select c, v, %3$s as s from (select %1$I as c, left(%1$I::text, 10000) as v
                            from %2$s where %1$I is not null and %1$I::text not in ('', '{}', '[]', 'null')
                            %11$s limit 1000) r) r
                        $q$, of.attname, source || sample, strings, email, phone, day, ip, iban, of.class, names,
                        case when pages > 1000 and sample = '' then '' else 'order by random()' end) into counts;
                    -- A sparse column has too little in a sample of pages.
                    exit when sample = '' or (counts ->> 'values')::int >= 200;
                    sample := '';
                end loop;
            elsif of.class <> 'bool' then
                execute format('select jsonb_build_object(''values'', count(*)) from (select from %s '
                    'where %I is not null limit 1) r', source, of.attname) into counts;
            end if;
        end if;
        insert into facts values (counts || jsonb_build_object('schema', of.nspname, 'table', of.relname,
            'column', of.attname, 'relation', case when of.relispartition then 'partition' else of.relkind::text end,
            'class', of.class, 'folded', of.typname = 'citext', 'length', of.length, 'not_null', of.not_null,
            'foreign', of.is_foreign, 'generated', of.is_generated or of.is_identity,
            'base', (select coalesce(jsonb_agg(distinct b.attname), '[]') from pg_attrdef d
                join pg_depend p on p.classid = 'pg_attrdef'::regclass and p.objid = d.oid
                    and p.refclassid = 'pg_class'::regclass and p.refobjid = of.oid
                join pg_attribute b on b.attrelid = of.oid and b.attnum = p.refobjsubid
                where of.is_generated and d.adrelid = of.oid and d.adnum = of.attnum and b.attnum <> of.attnum)));
    end loop;
end
$facts$;
commit;
select fact from facts order by fact ->> 'schema', fact ->> 'table', fact ->> 'column';
SQL
