# usage: NAME USER [PSQL-OPTION...]
# Prints one JSON object for each column of the database NAME, and one for its large objects: what it is, and how many
# of a sample of its values look like what. E-mail addresses are looked for in all values. No value is printed, and
# nothing is changed. Standard input: a pattern of personal names, and one of postal addresses.
set -eu
name=$1
shift 2
PGDATABASE=$name psql -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse "$@" -f /dev/fd/3 3<<'SQL'
set search_path = pg_catalog, pg_temp;
set bytea_output = hex;
-- Rows that a policy hides would pass unseen; this makes them an error.
set row_security = off;
-- Undone at the end, and with it what a trigger of the database's own on DDL has written.
begin;
create temp table patterns (at serial, pattern text);
\copy patterns (pattern) from pstdin
create temp table facts (fact jsonb, source text, told text, scanned boolean);

-- Letters beyond ASCII come as escapes, which only a database in UTF-8 can read.
create function pg_temp.fitted(pattern text) returns text language sql stable as $$
    select case getdatabaseencoding() when 'UTF8' then pattern
        else regexp_replace(pattern, '\|[^|()]*\\u[^|()]*', '', 'g') end
$$;

create function pg_temp.legible(bytes bytea) returns text language sql immutable as $$
    select regexp_replace(encode(bytes, 'escape'), '\\[0-7]{3}|[\u0001-\u0008\u000b-\u001f]', ' ', 'g')
$$;

-- What is written in hexadecimal, in base64, or with soft line breaks; never an error.
create function pg_temp.decoded(v text) returns text language plpgsql immutable as $$
declare
    more text := '';
    run text;
begin
    if strpos(v, '\x') > 0 then
        for run in select m[1] from regexp_matches(v, '\\x((?:[0-9a-f]{2})+)', 'g') m loop
            more := more || ' ' || pg_temp.legible(decode(run, 'hex'));
        end loop;
    end if;
    if v ~ '=\r?\n' then
        more := more || ' ' || regexp_replace(v, '=\r?\n', '', 'g');
    end if;
    if v ~ '[A-Za-z0-9+/_-]{16}' then
        for run in select translate(m[1], '-_', '+/') from regexp_matches(
                regexp_replace(v, '([A-Za-z0-9+/]{60,76})\r?\n', '\1', 'g'), '([A-Za-z0-9+/_-]{16,})', 'g') m loop
            more := more || ' ' || pg_temp.legible(decode(left(run, length(run) / 4 * 4)
                || case length(run) % 4 when 2 then right(run, 2) || '==' when 3 then right(run, 3) || '=' else '' end,
                'base64'));
        end loop;
    end if;
    return more;
end
$$;

-- Its check digits tell a bank account from any other code.
create function pg_temp.has_iban(v text) returns boolean language sql immutable as $$
    select exists (
        select from regexp_matches(v, '\m((?:A[DELTZ]|B[AEGHRY]|C[HRYZ]|D[EKO]|E[EGS]|F[IOR]|G[BEILRT]|H[RU]|I[ELQST]'
                '|JO|K[WZ]|L[BCITUVY]|M[CDEKRTU]|N[LO]|OM|P[KLST]|QA|R[OSU]|S[ACDEIKMOTV]|T[LNR]|UA|V[AG]|XK|YE)'
                '[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\M', 'g') m
            cross join lateral (select replace(m[1], ' ', '') as whole) w
            cross join lateral (values (whole), (left(whole, length(whole) / 4 * 4))) t (iban)
        where length(iban) >= 15 and (select string_agg(case when l between 'A' and 'Z'
                then (ascii(l) - 55)::text else l end, '' order by at)
            from regexp_split_to_table(substr(iban, 5) || left(iban, 4), '') with ordinality x (l, at))::numeric % 97 = 1)
$$;

create function pg_temp.has_personal_key(v text, names text) returns boolean language sql immutable as $$
    select exists (
        select from regexp_matches(v, '"+([[:alpha:]][^"\\=:]{0,60})\\*"+\s*(?::|=>)', 'g') k
        where lower(regexp_replace(regexp_replace(k[1], '([a-z0-9])([A-Z])', '\1_\2', 'g'), '\W+', '_', 'g')) ~ names)
    or v ~ '^\s*<\?xml|^\s*<[[:alpha:]][\w.:-]*( [^>]*)?>' and exists (
        select from regexp_matches(v, '<(?:\w+:)?([[:alpha:]][\w.-]*)|\s([[:alpha:]][\w.-]*)\s*=\s*["'']', 'g') k
        where lower(regexp_replace(coalesce(k[1], k[2]), '([a-z0-9])([A-Z])', '\1_\2', 'g')) ~ names)
$$;

create function pg_temp.class(type text, element text, category "char") returns text language sql immutable as $$
    select case when type in ('text', 'varchar', 'bpchar', 'citext', 'name') then 'text'
        when element in ('text', 'varchar', 'bpchar', 'citext', 'name') then 'texts'
        when category = 'A' then 'array'
        when type in ('json', 'jsonb') then 'json'
        when type in ('inet', 'cidr') then 'inet'
        when type in ('uuid', 'bytea', 'bool', 'int2', 'int4', 'int8', 'numeric', 'hstore', 'xml', 'tsvector') then type
        when type in ('date', 'timestamp', 'timestamptz') then 'date'
        else 'other' end
$$;

-- What a base type can hold: nothing that can be read, text that its output shows, or we do not know.
create function pg_temp.content(type text, length int, catalogued boolean) returns text language sql immutable as $$
    select case
        when catalogued then case
            when type in ('text', 'varchar', 'bpchar', 'name', 'char', 'json', 'jsonb', 'xml', 'tsvector', 'tsquery',
                'jsonpath', 'refcursor', 'inet', 'cidr', 'macaddr', 'macaddr8', 'bytea', 'aclitem', 'cstring')
                or type like 'reg%' then 'text'
            when length > 0 or type in ('numeric', 'bit', 'varbit', 'path', 'polygon', 'pg_snapshot', 'txid_snapshot',
                'oidvector', 'int2vector') then 'nothing'
            else 'unknown' end
        when type in ('cube', 'seg', 'geometry', 'geography', 'box2d', 'box2df', 'box3d', 'gidx', 'vector', 'halfvec',
            'sparsevec', 'query_int', 'hll', 'tdigest', 'roaringbitmap', 'roaringbitmap64', 'h3index')
            then 'nothing'
        when length > 0 or type in ('citext', 'hstore', 'ltree', 'lquery', 'ltxtquery', 'semver', 'ip4r', 'ip6',
            'ip6r', 'ipaddress', 'iprange') then 'text'
        else 'unknown' end
$$;

-- Every type that a value of another is made of: of domains, arrays, ranges, and the fields of rows.
create temp table parts as
    with recursive part as (
        select distinct a.atttypid as whole, a.atttypid as oid, null::name as field from pg_attribute a
            join pg_class c on c.oid = a.attrelid where c.relkind in ('r', 'p', 'v', 'm', 'f')
        union
        select p.whole, m.oid, m.field from part p join pg_type t on t.oid = p.oid
            cross join lateral (
                select t.typbasetype, null::name where t.typtype = 'd'
                union all select t.typelem, null where t.typcategory = 'A' and t.typelem <> 0
                union all select r.rngsubtype, null from pg_range r where r.rngtypid = t.oid
                union all select r.rngtypid, null from pg_range r
                    -- The column is not there before PostgreSQL 14.
                    where (to_jsonb(r) ->> 'rngmultitypid')::oid = t.oid
                union all select a.atttypid, a.attname from pg_attribute a
                    where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
            ) m (oid, field)
    )
    select p.whole, p.field, format_type(t.oid, null) as written, t.typname as name,
        case when t.typtype = 'e' then 'text'
            when t.typtype = 'b' and not (t.typcategory = 'A' and t.typelem <> 0)
                then pg_temp.content(t.typname, t.typlen, t.typnamespace = 'pg_catalog'::regnamespace) end as content,
        pg_temp.class(t.typname, e.typname, t.typcategory) as class
    from part p join pg_type t on t.oid = p.oid left join pg_type e on e.oid = t.typelem and t.typcategory = 'A';

set transaction read only;
do $facts$
declare
    of record;
    source text;
    told text;
    columns text;
    counts jsonb;
    hits bigint[];
    pages bigint;
    sample text;
    scanned boolean;
    names text not null := pg_temp.fitted((select pattern from patterns where at = 1));
    -- A sign may be written as in a URL, in quoted-printable, in JSON or in XML; a picture for fine screens is none.
    email text := '[[:alnum:]_%+-](@|%40|=40|\\u0040|&#(64|x40);)(?![0-9.]+x\.)[[:alnum:]-]+'
        '((\.|%2[Ee]|=2E)[[:alnum:]-]+)*(\.|%2[Ee]|=2E)[[:alpha:]]{2,}';
    -- Among bytes that are no text, a shorter one would be chance.
    long_email text := '[[:alnum:]._%+-]{3,}@[[:alnum:]-]{3,}(\.[[:alnum:]-]+)*\.[[:alpha:]]{2,}';
    tail text := '(?![[:alnum:]]|[-.,:/_][[:alnum:]])';
    phone text := '(?<![[:alnum:]+.-]|[0-9] )(\+(?![0-9]+\.[0-9]+([^0-9.]|$))|00(?=[1-9][0-9]{0,2}[ ()/-]))'
        '[1-9]([ ()./-]{0,3}[0-9]){7,14}' || tail;
    maybe_phone text := '(?<![[:alnum:]+.,:/_-]|[0-9] )(\(?0(?=[0-9]*[ ()/-])(?!([0-9]{1,2}[-/ ]){2}[0-9]{4})'
        '[1-9]([ ()/-]{0,3}[0-9]){7,10}|\([1-9][0-9]{1,4}\) ?[0-9]([ -]?[0-9]){5,8}'
        '|[2-9][0-9]{2}[-. ][0-9]{3}[-. ][0-9]{4})' || tail;
    digits text := '(^\s*|")(0[1-9][0-9]{8,9}|1[3-9][0-9]{9}|[5-9][0-9]{2} [0-9]{3} [0-9]{3})(\s*$|")';
    octet text := '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
    -- A version has small numbers only.
    ip text := format('(?<![[:alnum:]._-]|[^/]/)((?=([0-9]+\.)*([3-9][0-9]|[12][0-9][0-9])(?![0-9]))(?!127\.|0\.|255\.)'
        '%1$s(\.%1$s){3}(?![[:alnum:]_-]|\.[0-9])|(2[0-9a-f]{3}|f[cde][0-9a-f]{2})((:[0-9a-f]{1,4}){7}'
        '|(:[0-9a-f]{1,4}){0,5}::([0-9a-f]{1,4}(:[0-9a-f]{1,4}){0,5})?)(?![[:alnum:]:]))', octet);
    device text := '(?<![[:alnum:]:-])([0-9a-f]{2}[:-]){5}(([0-9a-f]{2}[:-]){2})?[0-9a-f]{2}(?![[:alnum:]:-])';
    place text not null := pg_temp.fitted((select pattern from patterns where at = 2));
    -- What a program made up: numbers, codes, digests, dates, slugs, paths and addresses of pages.
    machine text := '^[^[:alpha:]]+$|^[0-9A-Fa-f-]{8,}$|^[0-9A-Z._:/-]+$|^[[:lower:]0-9]+([-_/.:][[:lower:]0-9]+)+/?$'
        '|^(https?:/)?/|^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]|^[[:alnum:]_]+(\.[[:alnum:]_]+)+$'
        '|^(?=[^ ]*[0-9])(?=[^ ]*[a-z])(?=[^ ]*[A-Z])[[:alnum:]+/=_.$:-]{16,}$|^\s*[\[{<]';
begin
    for of in
        with recursive types as (
            select oid, oid as base, -1 as modifier, false as inner_not_null from pg_type where typtype <> 'd'
            union all
            select d.oid, t.base, case when d.typtypmod >= 0 then d.typtypmod else t.modifier end, d.typnotnull
            from pg_type d join types t on t.oid = d.typbasetype where d.typtype = 'd'
        )
        select c.oid, c.relkind, c.relispartition, n.nspname, c.relname, a.attname, a.attnum, b.typname,
            a.attnotnull or t.inner_not_null as not_null, a.attgenerated <> '' as is_generated,
            a.attidentity = 'a' as is_identity,
            -- The collation's column is not there before PostgreSQL 12.
            b.typname = 'citext' or exists (select from pg_collation l where l.oid = a.attcollation
                and to_jsonb(l) ->> 'collisdeterministic' = 'false') as is_folded,
            case when b.typname in ('varchar', 'bpchar') and m.modifier >= 4 then m.modifier - 4
                 when b.typname = 'name' then 63 end as length,
            pg_temp.class(b.typname, e.typname, b.typcategory) as class, made.*,
            exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                and d.deptype = 'e') as is_extension,
            -- Their rows are dumped, so they come along.
            exists (select from pg_extension x where c.oid = any (x.extconfig)) as is_configuration,
            c.relkind = 'p' and exists (select from pg_partition_tree(c.oid) p
                join pg_class l on l.oid = p.relid where l.relkind = 'f') as is_foreign
        from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join types t on t.oid = a.atttypid
            join pg_type b on b.oid = t.base
            left join pg_type e on e.oid = b.typelem and b.typcategory = 'A'
            cross join lateral (select case when a.atttypmod >= 0 then a.atttypmod else t.modifier end) m (modifier)
            cross join lateral (
                select bool_or(p.content <> 'nothing') as is_told, bool_or(p.name = 'bytea') as has_bytes,
                    coalesce(jsonb_agg(distinct p.written) filter (where p.content = 'unknown'), '[]') as unknown,
                    coalesce(jsonb_object_agg(p.field, p.class) filter (where p.field is not null), '{}') as fields
                from parts p where p.whole = a.atttypid) made
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        order by n.nspname, c.relname, a.attnum
    loop
        source := case of.relkind when 'r' then 'only ' else '' end || format('%I.%I', of.nspname, of.relname);
        told := case of.class when 'bytea' then format('encode(substr(%I, 1, 1000000), ''escape'')', of.attname)
            -- Patterns are for no collation that takes different letters for equal.
            else format('(%I::text collate "default")', of.attname) end;
        scanned := false;
        counts := '{}';
        begin
            if of.relkind not in ('r', 'p') or of.relispartition or of.is_foreign
                    or of.is_extension and not of.is_configuration then
                null;
            elsif of.is_told then
                select sum(pg_relation_size(p.relid)) / 8192 into pages from pg_partition_tree(of.oid) p;
                pages := coalesce(pages, pg_relation_size(of.oid) / 8192);
                sample := case when pages > 1000 then format(' tablesample system (%s)', 100000.0 / pages) else '' end;
                loop
                    execute format($q$
                        select jsonb_build_object('values', count(*),
                            'emails', count(*) filter (where v ~ %3$L
                                or v ~ '[A-Za-z0-9+/_-]{16}|\\x|=\r?\n' and pg_temp.decoded(v) ~ %4$L),
                            'sure_phones', count(*) filter (where v ~ %5$L),
                            'phones', count(*) filter (where v ~ %5$L or v ~ %6$L),
                            'digits', count(*) filter (where v ~ %7$L),
                            'prefixes', count(distinct left(v, 4)) filter (where v ~ %7$L),
                            'ips', count(*) filter (where %9$L = 'inet'
                                or v ~ '[0-9]\.[0-9]+\.[0-9]|[0-9a-fA-F]::?[0-9a-fA-F]' and v ~* %8$L),
                            'devices', count(*) filter (where v ~* %17$L),
                            'ibans', count(*) filter (where v ~ '[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4}' and pg_temp.has_iban(v)),
                            'places', count(*) filter (where v ~ '[0-9]' and v ~ %10$L),
                            'keys', count(*) filter (where v ~ '"\s*(:|=>)|^\s*<' and pg_temp.has_personal_key(v, %11$L)),
                            'binary', count(*) filter (where raw ~ '\\000|[\u0001-\u0008\u000e-\u001f]'),
                            'sizes', count(distinct size), 'largest', max(size),
                            'different', count(distinct v), 'worded', count(*) filter (where v !~ %12$L))
                        from (select left(%1$s, 10000) as v, %13$s as raw, %16$s as size
                            from %2$s where %14$I is distinct from null and %14$I::text not in ('', '{}', '[]', 'null', '\x')
                            %15$s limit 1000) r
                        $q$, case when of.class = 'bytea' then format('pg_temp.legible(substr(%I, 1, 10000))',
                            of.attname) else told end, source || sample, email, long_email, phone, maybe_phone, digits,
                        ip, of.class, place, names, machine,
                        case when of.has_bytes then format('left(%s, 10000)', told) else 'null::text' end, of.attname,
                        case when pages > 1000 and sample = '' then '' else 'order by random()' end,
                        case of.class when 'bytea' then format('octet_length(%I)', of.attname) else 'null::int' end, device)
                        into counts;
                    -- A sparse column has too little in a sample of pages.
                    exit when sample = '' or (counts ->> 'values')::int >= 200;
                    sample := '';
                end loop;
                scanned := (counts ->> 'emails')::int = 0 and (pages > 1000 or (counts ->> 'values')::int = 1000);
            elsif of.class <> 'bool' then
                execute format('select jsonb_build_object(''values'', count(*)) from (select from %s '
                    'where %I is distinct from null limit 1) r', source, of.attname) into counts;
            end if;
        exception when others then
            counts := jsonb_build_object('failed', sqlstate);
        end;
        insert into facts values (counts || jsonb_build_object('schema', of.nspname, 'table', of.relname,
            'column', of.attname, 'relation', case when of.relispartition then 'partition' else of.relkind::text end,
            'class', of.class, 'folded', of.is_folded, 'length', of.length, 'not_null', of.not_null,
            'told', coalesce(of.is_told, false), 'unknown', of.unknown, 'fields', of.fields,
            'extension', of.is_extension,
            'foreign', of.is_foreign, 'generated', of.is_generated or of.is_identity,
            'base', (select coalesce(jsonb_agg(distinct b.attname), '[]') from pg_attrdef d
                join pg_depend p on p.classid = 'pg_attrdef'::regclass and p.objid = d.oid
                    and p.refclassid = 'pg_class'::regclass and p.refobjid = of.oid
                join pg_attribute b on b.attrelid = of.oid and b.attnum = p.refobjsubid
                where of.is_generated and d.adrelid = of.oid and d.adnum = of.attnum and b.attnum <> of.attnum)),
            source, told, scanned);
    end loop;

    -- One pass of each table for all its columns.
    for of in select f.source, array_agg(fact ->> 'column' order by fact ->> 'column') as names,
            string_agg(format($q$count(*) filter (where (%1$s like '%%@%%' or %1$s like '%%40%%' or %1$s like '%%&#64;%%')
                and %1$s ~ %2$L)$q$, f.told, email), ', ' order by fact ->> 'column') as columns
            from facts f where f.scanned group by f.source loop
        begin
            execute format('select array[count(*), %s] from %s', of.columns, of.source) into hits;
            update facts f set fact = fact || jsonb_build_object('rows', hits[1],
                'emails_of_all', hits[array_position(of.names, fact ->> 'column') + 1])
                where f.scanned and f.source = of.source;
        exception when others then
            update facts f set fact = fact || jsonb_build_object('failed', sqlstate)
                where f.scanned and f.source = of.source;
        end;
    end loop;

    begin
        select jsonb_build_object('values', count(*),
            'emails', count(*) filter (where v ~ email or v ~ long_email),
            'sure_phones', count(*) filter (where v ~ phone), 'phones', count(*) filter (where v ~ phone),
            'ibans', count(*) filter (where pg_temp.has_iban(v)),
            'binary', count(*) filter (where raw ~ '\\000|[\u0001-\u0008\u000e-\u001f]'))
        into counts
        from (select encode(bytes, 'escape') as raw, pg_temp.legible(bytes) as v
            from (select lo_get(oid, 0, 10000) as bytes from (select oid from pg_largeobject_metadata
                order by random() limit 1000) o) b) r;
    exception when others then
        counts := jsonb_build_object('failed', sqlstate);
    end;
    insert into facts values (counts || jsonb_build_object('schema', 'public', 'table', '(large objects)', 'column',
        'data', 'relation', 'lo', 'class', 'bytea', 'told', true, 'base', '[]'::jsonb, 'length', null));
end
$facts$;
select fact from facts order by fact ->> 'schema', fact ->> 'table', fact ->> 'column';
rollback;
SQL
