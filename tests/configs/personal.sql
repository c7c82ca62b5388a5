-- What a Django project has, and what else PostgreSQL allows. Every personal value holds the word poison.
create extension citext;
create extension postgres_fdw;
create table auth_user (id serial primary key, password varchar(128) not null, username varchar(150) not null unique,
    first_name varchar(150) not null, last_name varchar(150) not null, email varchar(254) not null,
    is_staff boolean not null default false, email_verified boolean);
insert into auth_user (password, username, first_name, last_name, email)
    select 'poison$' || i, 'poison' || i, 'Poison' || i, 'Poison', case when i > 1 then 'poison' || i || '@example.com' else '' end
    from generate_series(1, 500) i;
create table django_session (session_key varchar(40) primary key, session_data text not null);
insert into django_session select 'poison' || i, 'poison' || i from generate_series(1, 100) i;
create table session_log (session_key varchar(40) references django_session);
insert into session_log values ('poison1');
create table django_site (id int primary key, domain varchar(100) not null unique, name varchar(50) not null);
insert into django_site values (1, 'example.com', 'example'), (2, 'other.example.com', 'other');

create schema "Other";
create domain "Other".short as varchar(10) check (value <> '');
create table "Other"."My Table" (id int primary key, "E.Mail" text, "a ""name" text, code "Other".short unique,
    phone bigint, mobile int, addr inet unique, tags text[], doc jsonb, uid uuid, born date, note text, vec tsvector,
    key_a text unique deferrable, lower_mail text generated always as (lower("E.Mail")) stored);
insert into "Other"."My Table" select i, 'Poison' || i || '@example.org', 'Poison', 'poison' || i, 64215550000 + i,
    21555000 + i, '203.0.113.0'::inet + i, array['poison', 'b@poison.example'], jsonb_build_object('firstName', 'Poison'),
    gen_random_uuid(), '1970-01-01', case i when 77 then 'ask poison@example.com' else 'fine' end,
    to_tsvector('poison@example.com'), 'poison' || i from generate_series(1, 200) i;
create view mails as select "E.Mail" from "Other"."My Table";
create materialized view mail_list as select "E.Mail" as mail from "Other"."My Table";
create materialized view mail_count as select count(distinct mail) from mail_list;

create table customer (code varchar(20) primary key, name citext unique);
create table invoice (id serial primary key, code varchar(20) references customer on update cascade, name citext);
insert into customer select 'poison-' || i, 'Poison ' || i from generate_series(1, 50) i;
insert into invoice (code, name) select 'poison-' || (1 + i % 50), 'POISON ' || (1 + i % 50) from generate_series(1, 300) i;
create rule silent as on update to customer do instead nothing;

create table visit (at date, visitor text) partition by range (at);
create table visit_1 partition of visit for values from ('2020-01-01') to ('2021-01-01');
create table visit_2 partition of visit for values from ('2021-01-01') to ('2022-01-01');
insert into visit select date '2020-06-01' + i, '203.0.113.' || i % 250 from generate_series(1, 400) i;
create table person (id int, email text);
create table member (since date) inherits (person);
insert into member values (1, 'poison@example.com', '2020-01-01');

create function loud() returns trigger language plpgsql as $$ begin raise exception 'fired'; end $$;
create trigger loud before update on auth_user for each row execute function loud();
create trigger loud before update on member for each row execute function loud();
alter table member enable always trigger loud;

create server elsewhere foreign data wrapper postgres_fdw options (dbname 'nowhere');
create foreign table away (email text) server elsewhere;
create table reading (id int, value text, padding text, mail text);
insert into reading select i, 'reading', repeat('x', 90), case when i % 40000 = 7 then 'poison@example.com' end
    from generate_series(1, 120000) i;
create table empty_one (email text, phone text);
analyze;
