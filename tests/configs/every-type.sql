-- A column of every type that the server knows: of itself, in an array, over a domain, in a composite type and in a
-- table's row. Where a type can hold a personal value, it holds one.
-- The server logs statements in the tests, and these lines are no leak.
set log_statement = none; set log_min_duration_statement = -1;
do $$
declare name text;
begin
    foreach name in array array['btree_gist', 'citext', 'cube', 'dblink', 'earthdistance', 'hstore', 'intarray', 'isn',
        'lo', 'ltree', 'pg_trgm', 'seg', 'tablefunc'] loop
        execute format('create extension %I', name);
    end loop;
end
$$;
drop role if exists "poisoned@mail.test";
create role "poisoned@mail.test";
create type mood as enum ('poisoned@mail.test', 'well');
create type span as range (subtype = text, multirange_type_name = spans);
create type network_span as range (subtype = inet, multirange_type_name = network_spans);
create type contact as (mail text, rest int);
create type nested as (of contact, more contact[]);

-- Without a value where nothing can be written in such a type, and with a rule where that is personal.
create table known (type text primary key, value text, rule text);
insert into known (type, value) values
    ('bool', 't'), ('"char"', 'p'), ('int2', '1'), ('int4', '1'), ('int8', '1'), ('oid', '1'), ('xid', '1'),
    ('xid8', '1'), ('cid', '1'), ('tid', '(0,1)'), ('float4', '1.5'), ('float8', '1.5'), ('numeric', '1.5'),
    ('money', '1.50'),
    ('date', '2020-01-02'), ('time', '10:00'), ('timetz', '10:00+01'), ('timestamp', '2020-01-02 10:00'),
    ('timestamptz', '2020-01-02 10:00+01'), ('interval', '3 days'), ('uuid', '6f1c0b1e-0000-4000-8000-000000000001'),
    ('bit', '1'), ('varbit', '101'), ('point', '(1,2)'), ('line', '{1,2,3}'), ('lseg', '[(1,2),(3,4)]'),
    ('box', '(3,4),(1,2)'), ('path', '[(1,2),(3,4)]'), ('polygon', '((1,2),(3,4))'), ('circle', '<(1,2),3>'),
    ('pg_lsn', '0/1'), ('pg_snapshot', '1:2:'), ('txid_snapshot', '1:2:'), ('int2vector', '1 2'), ('oidvector', '1 2'),
    ('regproc', 'now'), ('regprocedure', 'now()'), ('regoper', '|/'), ('regoperator', '+(int4,int4)'),
    ('regclass', 'pg_class'), ('regtype', 'int4'), ('regcollation', '"C"'), ('regnamespace', 'public'),
    ('regconfig', 'simple'), ('regdictionary', 'simple'), ('int4range', '[1,2)'), ('int8range', '[1,2)'),
    ('numrange', '[1,2)'), ('daterange', '[2020-01-01,2020-01-02)'), ('tsrange', '[2020-01-01,2020-01-02)'),
    ('tstzrange', '[2020-01-01,2020-01-02)'), ('int4multirange', '{[1,2)}'), ('int8multirange', '{[1,2)}'),
    ('nummultirange', '{[1,2)}'), ('datemultirange', '{[2020-01-01,2020-01-02)}'),
    ('tsmultirange', '{[2020-01-01,2020-01-02)}'), ('tstzmultirange', '{[2020-01-01,2020-01-02)}'),
    ('information_schema.cardinal_number', '1'), ('information_schema.time_stamp', '2020-01-02 10:00+01'),
    ('information_schema.yes_or_no', 'YES'), ('cube', '(1,2)'), ('earth', '(0,0,6378168)'), ('query_int', '1&2'),
    ('ltree', 'top.one'), ('lquery', 'top.*'), ('ltxtquery', 'top & one'),
    ('upc', '036000291452'), ('ean13', '9780306406157'), ('isbn13', '978-0306406157'), ('ismn13', '979-0-060-11561-5'),
    ('issn13', '977-0317-847-00-1'), ('isbn', '0-306-40615-2'), ('ismn', 'M-060-11561-5'), ('issn', '0317-8471'),
    ('lo', '0'), ('seg', '1..2'), ('pg_node_tree', null), ('pg_ndistinct', null), ('pg_dependencies', null),
    ('pg_mcv_list', null), ('pg_brin_bloom_summary', null), ('pg_brin_minmax_multi_summary', null), ('gtsvector', null),
    ('gbtreekey2', null), ('gbtreekey4', null), ('gbtreekey8', null), ('gbtreekey16', null), ('gbtreekey32', null),
    ('gbtreekey_var', null), ('ghstore', null), ('intbig_gkey', null), ('ltree_gist', null), ('gtrgm', null),
    ('tablefunc_crosstab_2', '(a,b,c)'), ('tablefunc_crosstab_3', '(a,b,c,d)'), ('tablefunc_crosstab_4', '(a,b,c,d,e)');
insert into known values
    ('text', 'poison@mail.test', 'email'), ('varchar', 'poison@mail.test', 'text'),
    ('bpchar', 'poison@mail.test', 'name'), ('name', 'poison@mail.test', 'hash'),
    ('citext', 'Poison@mail.test', 'email'), ('bytea', 'poison@mail.test', 'empty'),
    ('json', '{"a": ["poison@mail.test"]}', 'email'), ('jsonb', '{"a": ["poison@mail.test"]}', 'empty'),
    ('jsonpath', '$."poison@mail.test"', 'fixed $.a'), ('xml', '<a>poison@mail.test</a>', 'empty'),
    ('tsvector', '''poison@mail.test'':1', 'empty'), ('tsquery', '''poison@mail.test''', 'empty'),
    ('refcursor', 'poison@mail.test', 'empty'), ('inet', '203.0.113.7', 'ip'), ('cidr', '203.0.113.7/32', 'hash'),
    ('macaddr', '00:00:5e:00:53:01', 'null'), ('macaddr8', '00:00:5e:ef:10:00:53:01', 'fixed 00:00:00:00:00:00:00:00'),
    ('aclitem', '"poisoned@mail.test"=r/postgres', 'null'), ('regrole', '"poisoned@mail.test"', 'fixed postgres'),
    ('hstore', 'a=>poison@mail.test', 'empty'), ('information_schema.character_data', 'poison@mail.test', 'email'),
    ('information_schema.sql_identifier', 'poison@mail.test', 'hash'), ('mood', 'poisoned@mail.test', 'fixed well'),
    ('span', '[a,poison@mail.test]', 'empty'), ('spans', '{[a,poison@mail.test]}', 'empty'),
    ('network_span', '[203.0.113.7,203.0.113.9]', 'null'), ('network_spans', '{[203.0.113.7,203.0.113.9]}', 'empty'),
    ('contact', '(poison@mail.test,)', 'empty'), ('nested', '("(poison@mail.test,1)",)', 'fixed (,)'),
    ('dblink_pkey_results', '(1,poison@mail.test)', 'null');

do $$
declare
    kind record;
    way record;
    made text[];
begin
    for kind in select type, 'of' || regexp_replace(type, '.*\.|"', '', 'g') as name from known loop
        execute format('create domain %I as %s', 'ruled ' || kind.name, kind.type);
        execute format('create type %I as (held %s, rest int)', 'composed ' || kind.name, kind.type);
        execute format('create table %I (held %s, rest int)', 'row ' || kind.name, kind.type);
    end loop;
    for way in select * from (values ('itself', '%1$s', '%2$L::%1$s'), ('listed', '%1$s[]', 'array[%2$L::%1$s]'),
            ('ruled', '%3$I', '%2$L::%3$I'), ('composed', '%4$I', 'row(%2$L::%1$s, 1)::%4$I'),
            ('rowed', '%5$I', 'row(%2$L::%1$s, 1)::%5$I')) w (name, type, value) loop
        execute format('create table %I (id int)', way.name);
        made := '{}';
        for kind in select type, value, 'of' || regexp_replace(type, '.*\.|"', '', 'g') as name,
                type::regtype as type_id from known order by type loop
            -- Some of the server's own statistics have no array.
            continue when way.name = 'listed' and (select typarray = 0 from pg_type where oid = kind.type_id);
            execute format('alter table %I add %I %s', way.name, kind.name, format(way.type, kind.type, kind.value,
                'ruled ' || kind.name, 'composed ' || kind.name, 'row ' || kind.name));
            made := made || case when kind.value is null then 'null' else format(way.value, kind.type, kind.value,
                'ruled ' || kind.name, 'composed ' || kind.name, 'row ' || kind.name) end;
        end loop;
        execute format('insert into %I select i, %s from generate_series(1, 20) i', way.name,
            array_to_string(made, ', '));
    end loop;
end
$$;
select lo_from_bytea(0, 'poison@mail.test') from generate_series(1, 2);
-- Not what the server has beside the database.
analyze known, itself, listed, ruled, composed, rowed, pg_largeobject;
