-- A personal value in every way that a column can hold one; most hold the word poison.
-- The server logs statements in the tests, and these lines are no leak.
set log_statement = none; set log_min_duration_statement = -1;
create extension citext; create extension hstore; create extension ltree; create extension isn; create extension cube;
create extension seg; create extension lo;
create type contact as (mail text, tel text);
create type card as (about contact, of text[]);
create type mood as enum ('poisoned@example.com', 'well');
create type span as range (subtype = text);
create domain mail as text;
create domain mails as mail[];
create domain contacts as contact;
create table holder (id int, composite contact, nested card, composites contact[], enumerated mood, span span,
    domain mail, domains mails, over_composite contacts, folded citext, labels hstore, values_of hstore, tree ltree,
    document xml, entity xml, deep jsonb, key json, escaped json, vector tsvector, query tsquery, path jsonpath, label name, cursor refcursor,
    bytes bytea, bytes_of bytea[], padded char(40), short varchar(40), strings text[], twice text[][], objects jsonb[],
    spans span[], base64 text, percent text, printable text, soft text, seldom text, account text, sentence text,
    network inet[], net cidr, at_home text, picture bytea, strange public.mood[], described contact);
insert into holder select i, row('poison@example.com', '')::contact,
    row(row('', 'poison@example.com'), '{}')::card, array[row('', 'poison@example.com')::contact],
    'poisoned@example.com', span('poison@example.com', null), 'poison@example.com', '{poison@example.com}'::mails,
    row('poison@example.com', '')::contact, 'Poison@Example.com', 'poison@example.com=>x', 'x=>poison@example.com',
    'poison.example', '<a>poison@example.com</a>', '<a>poison&#64;example.com</a>',
    '{"a": [{"b": [1, {"c": "poison@example.com"}]}]}', '{"poison@example.com": 1}', '{"a": "poison\u0040example.com"}',
    '''poison@example.com'':1', '''poison@example.com''', '$."poison@example.com"', 'poison@example.com', 'poison@example.com',
    'poison@example.com', array['poison@example.com'::bytea], 'poison@example.com', 'poison@example.com',
    '{x,poison@example.com}', '{{x,poison@example.com}}', array['{"a": "poison@example.com"}'::jsonb],
    array[span('a', 'poison@example.com')], encode('poison@example.com', 'base64'), 'a?b=poison%40example.com',
    'poison=40example.com', E'poison@exam=\nple.com', case i when 700 then 'ask poison@example.com' else 'fine' end,
    'pay to DE89 3704 0044 0532 0130 00 soon', 'call +49 89 1234567 today', '{203.0.113.7}', '203.0.113.0/24',
    'he lives in Example street 5', decode(repeat('00ff', 1 + i % 3), 'hex'), null, null from generate_series(1, 1500) i;
update holder set described = row('', '+49 89 1234567') where id < 9;
select lo_from_bytea(0, 'poison@example.com');
-- What looks like something and is nothing: none of these is a finding.
create table harmless (id int, tree_path text, digest text, version text, at text, key uuid, amount text, code text,
    stamp text, slug text, raw_key bytea, dotted ltree, book isbn13, box cube, seg seg, count_of money, bits varbit,
    place point, icon text, agent text, page text, ranges int4range, day date, number bigint, zeroes text);
insert into harmless select i, lpad(to_hex(i / 7), 8, '0') || '0002', md5(i::text), format('1.%s.3.%s', i % 20, i % 9),
    '2026-01-0' || 1 + i % 9 || ' 10:00:00+01', md5(i::text)::uuid, (i * 1.234567)::text, 'R' || 100000 + i,
    to_char(timestamp '2026-01-02 03:04:05' + i * interval '1 hour', 'DD-MM-YYYY HH24:MI'), 'some-page-' || i,
    sha256(i::text::bytea), ('top.n' || i)::ltree, '978-0-306-40615-7', cube(i), '1..2', i::text::money, b'101',
    point(i, i), 'logo@2x.png', 'Browser/120.0.0.0', '/page/' || i, int4range(i, i + 2), '1970-01-01', i,
    lpad((100000000 + i)::text, 10, '0') from generate_series(1, 1500) i;
analyze;
