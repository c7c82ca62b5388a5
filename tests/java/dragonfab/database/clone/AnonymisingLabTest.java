package dragonfab.database.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.recipe.Launch;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every personal value of the database holds the word poison: what is seen of it anywhere is a leak. */
@OnContainers
class AnonymisingLabTest {
    private static final String ALL = """
            auth_user.password: fixed !
            auth_user.username: hash
            auth_user.first_name: name
            auth_user.last_name: text
            auth_user.email: email
            django_session: drop
            session_log: drop
            '"Other"."My Table"."E.Mail"': email
            '"Other"."My Table"."a ""name"': name
            '"Other"."My Table".code': hash
            '"Other"."My Table".phone': phone
            '"Other"."My Table".mobile': hash
            '"Other"."My Table".addr': hash
            '"Other"."My Table".tags': hash
            '"Other"."My Table".doc': empty
            '"Other"."My Table".uid': hash
            '"Other"."My Table".born': fixed 2000-01-01
            '"Other"."My Table".note': text
            '"Other"."My Table".vec': empty
            '"Other"."My Table".key_a': hash
            customer.code: hash
            invoice.code: hash
            customer.name: hash
            invoice.name: hash
            visit.visitor: ip
            member.email: email
            reading.mail: null
            """;

    /** Of what columns can have: no row of a table, which is made of such, and nothing that only functions take. */
    private static final String UNKNOWN_TYPES = """
            select t.oid::regtype from pg_type t
                left join pg_class c on c.oid = t.typrelid and (c.relkind <> 'c' or c.relname like '%of%')
                where t.typtype <> 'p' and c.oid is null and t.typname not like 'ruled %'
                    and not exists (select from pg_type e where e.typarray = t.oid)
                    and not exists (select from known where type::regtype = t.oid)""";

    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        inside = Lab.container("anon");
        Lab.run(inside, "apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends"
                + " install postgresql && useradd -m lowly");
        psql("postgres", "create role app login; create database seed");
        psql("seed", resource("personal"));
        psql("postgres", "alter system set log_statement = 'all'; alter system set log_min_duration_statement = 0;"
                + " select pg_reload_conf()");
    }

    private static String resource(String name) throws IOException {
        try (var in = AnonymisingLabTest.class.getResourceAsStream("/configs/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void clean() {
        psql("postgres", "create database \"a source\" template seed");
        emptyLogs();
    }

    private static void emptyLogs() {
        Lab.run(inside, "for log in /var/log/postgresql/*.log; do : > \"$log\"; done");
    }

    @AfterEach
    void throwAway() {
        psql("postgres", databases().lines().filter(name -> name.startsWith("a "))
                .map(name -> "drop database \"" + name + "\" with (force);\n").collect(Collectors.joining()));
    }

    /** When all loads are over, and what they drop behind them is gone. */
    private static String databases() {
        Lab.run(inside, "[ ! -e /var/lib/dragonfab/databases/a+clone/lock ] ||"
                + " flock -w 60 /var/lib/dragonfab/databases/a+clone/lock true");
        return psql("postgres", "select datname from pg_database where not datistemplate and datname <> 'postgres'"
                + " order by 1");
    }

    @AfterAll
    static void remove() {
        Lab.remove("anon");
    }

    @Test
    void whatIsNotDeclaredIsFoundByNameAndByContent() {
        var launch = launch("");

        assertEquals("""
                db-clone: %s: anonymise does not cover the database, 19 problems:
                  "Other"."My Table"."E.Mail": looks personal (its name; 200 of 200 values look like e-mail addresses)
                  "Other"."My Table".addr: looks personal (its name; 200 of 200 values look like IP addresses)
                  "Other"."My Table".born: looks personal (its name)
                  "Other"."My Table".doc: looks personal (200 of 200 values look as if they had personal fields)
                  "Other"."My Table".lower_mail: looks personal (its name; 200 of 200 values look like e-mail \
                addresses), and is generated: declare "Other"."My Table"."E.Mail"
                  "Other"."My Table".mobile: looks personal (its name)
                  "Other"."My Table".note: looks personal (1 of 200 values look like e-mail addresses)
                  "Other"."My Table".phone: looks personal (its name)
                  "Other"."My Table".tags: looks personal (200 of 200 values look like e-mail addresses)
                  "Other"."My Table".vec: looks personal (200 of 200 values look like e-mail addresses)
                  auth_user.email: looks personal (its name; 499 of 499 values look like e-mail addresses)
                  auth_user.first_name: looks personal (its name)
                  auth_user.last_name: looks personal (its name)
                  auth_user.password: looks personal (its name)
                  auth_user.username: looks personal (its name)
                  django_session.session_data: looks personal (its name)
                  member.email: looks personal (its name; 1 of 1 values look like e-mail addresses)
                  reading.mail: looks personal (its name; 3 of 3 values look like e-mail addresses)
                  visit.visitor: looks personal (400 of 400 values look like IP addresses)
                  4 questions that would not stop the clone:
                  "Other"."My Table".code: is it personal? (200 of 200 values are different)
                  "Other"."My Table".key_a: is it personal? (200 of 200 values are different)
                  customer.name: is it personal? (50 of 50 values are different)
                  django_session.session_key: is it personal? (100 of 100 values are different)
                try: anonymise_sets: [django] has rules for some of these
                then: declare these columns under anonymise; keep is for what is not personal
                """.formatted(Lab.PREFIX + "anon"), launch.err());
        assertEquals(3, launch.exit());
        harmless(launch);
    }

    @Test
    void nothingPersonalIsLeftAndWhatBelongedTogetherStillDoes() {
        var launch = launch("anonymise:\n" + ALL.indent(2));

        assertEquals(0, launch.exit(), launch.toString());
        assertTrue(launch.out().contains("anonymise 25 columns of 7 tables and empty 2 tables"), launch.out());
        harmless(launch);
        assertEquals("", dumped());
        assertEquals("", psql("a clone", "select tablename from pg_stats where most_common_vals::text ~* 'poison'"
                + " or histogram_bounds::text ~* 'poison'"));
        assertEquals("", files("poison"));
        assertEquals("500|500|499|1", psql("a clone", "select count(distinct username), count(distinct first_name),"
                + " count(*) filter (where email like '%@example.invalid'), count(*) filter (where email = '')"
                + " from auth_user"));
        assertEquals("300|300", psql("a clone", "select count(c.name), count(*) from invoice i"
                + " join customer c using (code) where c.name = i.name"));
        assertEquals("200|10|200|200|200", psql("a clone", "select count(distinct code), max(length(code)),"
                + " count(distinct addr), count(distinct uid), count(distinct mobile) from \"Other\".\"My Table\""));
        assertEquals("200|t", psql("a clone", "select count, (select bool_and(mail like '%.invalid') from mail_list)"
                + " from mail_count"));
        assertEquals("t|t", psql("a clone",
                "select bool_and(visitor like '10.%'), count(distinct visitor) = 250 from visit"));
        assertEquals("A", psql("a clone",
                "select tgenabled from pg_trigger where tgname = 'loud' and tgenabled <> 'O'"));
        assertEquals("0|0|120000", psql("a clone", "select (select count(*) from django_session),"
                + " (select count(*) from session_log), (select count(*) from reading)"));
    }

    @Test
    void offKeepsEverything() {
        var launch = launch("anonymise: off");

        assertEquals(0, launch.exit(), launch.toString());
        assertTrue(launch.err().contains("keeps its personal data"), launch.err());
        assertEquals("poison2@example.com", psql("a clone", "select email from auth_user where id = 2"));
    }

    @Test
    void aRenamedColumnAViewAndForeignTablesDoNotPassUnseen() {
        var launch = launch("anonymise:\n" + (ALL + """
                auth_user.mail: email
                mails."E.Mail": email
                away.email: email
                visit_1.visitor: ip
                """).replace("mails.\"E.Mail\"", "'mails.\"E.Mail\"'").indent(2));

        assertEquals("""
                db-clone: %s: anonymise does not cover the database, 4 problems:
                  auth_user.mail: there is no such column
                  mails."E.Mail": is a view: declare the columns of its tables
                  away.email: lies in another database: only keep may be said of it
                  visit_1.visitor: is a partition: declare the table that it is a part of
                try: declare these columns under anonymise; keep is for what is not personal
                """.formatted(Lab.PREFIX + "anon"), launch.err());
        assertEquals(3, launch.exit());
        assertEquals("a source\nseed", databases());
    }

    @Test
    void equalValuesInAUniqueColumnFailWhole() {
        fails(ALL.replace("username: hash", "username: fixed poison"),
                "auth_user: two rows became equal, and auth_user_username_key says that they differ");
        fails(ALL.replace(".key_a': hash", ".key_a': fixed x"), "two rows became equal, and My Table_key_a_key says");
    }

    @Test
    void aReferenceThatLeadsNowhereFailsWhole() {
        fails(ALL.replace("invoice.code: hash", "invoice.code: keep"), "invoice refers to rows of customer that are not"
                + " there any more (foreign key invoice_code_fkey): give both sides the same rule");
        fails(ALL.replace("session_log: drop", "session_log.session_key: keep"),
                "session_log refers to rows of django_session that are not there any more");
    }

    @Test
    void aValueThatDoesNotFitIsNotCut() {
        fails(ALL.replace("password: fixed !", "password: fixed " + "poison".repeat(40)),
                "auth_user: a new value does not fit its column (error 22001)");
    }

    @Test
    void theSiteMovesAndTheProjectsSqlComesLastAllOrNothing() {
        var well = launch("anonymise: off\nsite_domain: st.example.com\n"
                + "after_clone: [\"delete from session_log\","
                + " \"update django_site set name = 'a\\\\b' || domain where id = 1\"]");
        assertEquals(0, well.exit(), well.toString());
        assertEquals("st.example.com|a\\bst.example.com", psql("a clone",
                "select domain, name from django_site where id = 1"));
        assertEquals("0", psql("a clone", "select count(*) from session_log"));

        var badly = launch("anonymise: off\nafter_clone: [\"delete from visit\", \"delete from visits\"]");
        assertEquals(1, badly.exit());
        assertTrue(badly.err().contains("statement 2: relation \"visits\" does not exist"), badly.err());
        assertEquals("400", psql("a clone", "select count(*) from visit"));

        var leaking = launch("anonymise: off\nafter_clone: [\"select first_name::int from auth_user\"]");
        assertEquals(1, leaking.exit());
        harmless(leaking);

        psql("a source", "drop table django_site");
        var without = launch("anonymise: off\nsite_domain: st.example.com");
        assertTrue(without.err().contains("site_domain has nothing to change: it has no table django_site"),
                without.toString());
    }

    @Test
    void aDbaWhoIsNoSuperuserAnonymisesWhatHasTriggersAndReferences() {
        psql("postgres", "create role lowly login createdb");
        Lab.run(inside, "rm -rf /var/lib/dragonfab/databases/a+clone");
        psql("a source", "drop schema public cascade; drop schema \"Other\" cascade;"
                + " create schema public authorization lowly; set role lowly;"
                + " create function never() returns trigger language plpgsql as 'begin raise ''fired''; end';"
                + " create table one (email text primary key); create table two (email text references one);"
                + " insert into one values ('poison@example.com'); insert into two select * from one;"
                + " create trigger never before update on one execute function never()");
        emptyLogs();

        var badly = launch("db_user: lowly\ndba: lowly\nanonymise: {one.email: email, two.email: keep}");
        var well = launch("db_user: lowly\ndba: lowly\nanonymise: {one.email: email, two.email: email}");

        assertEquals(1, badly.exit());
        assertTrue(badly.err().contains("two refers to rows of one that are not there any more (foreign key"
                + " two_email_fkey): give both sides the same rule"), badly.err());
        assertEquals(0, well.exit(), well.toString());
        assertEquals("1|lowly", psql("a clone", "select count(*), min(tableowner) from one join two using (email)"
                + " join pg_tables on tablename = 'one' where email like '%@example.invalid'"));
        databases();
        psql("postgres", "drop database \"a clone\"; drop database \"a source\"; drop role lowly");
        Lab.run(inside, "rm -rf /var/lib/dragonfab/databases/a+clone");
    }

    @Test
    void everyWayToHoldAPersonalValueIsFoundOrNamed() throws IOException {
        psql("a source", "drop schema public cascade; drop schema \"Other\" cascade; create schema public");
        psql("a source", resource("catalogue"));
        // Without a personal value.
        var free = List.of("id", "tree", "strange");
        var columns = psql("a source", "select attname from pg_attribute where attrelid = 'holder'::regclass"
                + " and attnum > 0").lines().filter(column -> !free.contains(column)).sorted().toList();

        var launch = launch("");

        assertEquals(columns, named(launch.err(), "holder"), launch.err());
        assertEquals(List.of(), named(launch.err(), "harmless"), launch.err());
        assertTrue(launch.err().contains("(large objects): looks personal (1 of 1 values"), launch.err());
        assertTrue(launch.err().contains("holder.seldom: looks personal (1 of 1"), launch.err());
        assertTrue(launch.err().contains("holder.picture: cannot be looked at (1000 of 1000 values are no text)"),
                launch.err());
        assertEquals(3, launch.exit());
        harmless(launch);

        var well = launch("anonymise:\n  (large objects): drop\n"
                + columns.stream().map(column -> "  holder." + column + ": null\n").collect(Collectors.joining()));

        assertEquals(0, well.exit(), well.toString());
        assertEquals("0", psql("a clone", "select count(*) from pg_largeobject_metadata"));
        assertEquals("", answer("pg_dump 'a clone' | grep -v '^CREATE TYPE\\|^    .poison@example.com.,' |"
                + " grep -i -m 3 'poison@'"));
        assertEquals("", files("poison@"));
        harmless(well);
    }

    /** Each type that takes an e-mail address in some form is to be searched: also those of servers to come. */
    @Test
    void everyTypeOfTheServerThatCanHoldTextIsSearched() {
        psql("a source", "drop schema public cascade; drop schema \"Other\" cascade; create schema public");
        psql("a source", """
                do $$
                declare
                    type regtype;
                    form text;
                    taken text;
                begin
                    create table walk (id int);
                    insert into walk values (1);
                    for type in select oid from pg_type where typtype = 'b' and typcategory <> 'A' loop
                        foreach form in array array['poison@example.com', '"poison@example.com"',
                                '$."poison@example.com"', '<a>poison@example.com</a>', '(poison@example.com)'] loop
                            begin
                                execute format('select %L::%s::text', form, type) into taken;
                                if taken ~ 'poison@example.com|706f69736f6e' then
                                    execute format('alter table walk add %I %s', 'of ' || type, type);
                                    execute format('update walk set %I = %L', 'of ' || type, form);
                                    exit;
                                end if;
                            exception when others then null;
                            end;
                        end loop;
                    end loop;
                end
                $$""");
        var columns = psql("a source", "select attname from pg_attribute where attrelid = 'walk'::regclass"
                + " and attname like 'of %'").lines().sorted().toList();

        var launch = launch("");

        assertTrue(
                columns.containsAll(List.of("of text", "of bytea", "of jsonb", "of xml", "of tsvector", "of jsonpath",
                        "of name", "of refcursor")),
                columns.toString());
        assertEquals(columns.stream().map(column -> '"' + column + '"').toList(), named(launch.err(), "walk"),
                launch.err());
    }

    /**
     * Where a type is added, also by a server to come, the table of known ones has to say what it can hold. Labels are
     * part of the schema, and roles of the server, in whose statistics they are: these are called poisoned.
     */
    @Tag("long")
    @Test
    void inColumnsOfEveryTypeWhatIsPersonalIsNamedAndNothingOfItIsLeft() throws IOException {
        psql("a source", "drop schema public cascade; drop schema \"Other\" cascade; create schema public");
        psql("a source", resource("every-type"));
        assertEquals("", psql("a source", UNKNOWN_TYPES));
        emptyLogs();
        var rules =
                psql("a source", "select 'of' || regexp_replace(type, '.*\\.|\"', '', 'g') || ': ' || rule from known"
                        + " where rule <> ''").lines().toList();
        var personal = rules.stream().map(rule -> rule.substring(0, rule.indexOf(": "))).sorted().toList();

        var refused = cloned("{}");

        assertEquals(3, refused.exit(), refused.toString());
        for (var table : List.of("itself", "ruled", "listed", "composed", "rowed")) {
            assertEquals(personal, named(refused.err(), table), table + ": " + refused.err());
        }
        assertEquals("", psql("postgres", "select datname from pg_database where datname like 'every%'"));

        var clone = cloned("\n  (large objects): drop\n  known.value: null\n  known.type: keep\n"
                + rules.stream().map("  itself.%1$s\n  ruled.%1$s\n"::formatted).collect(Collectors.joining())
                + personal.stream().map("  listed.%1$s: empty\n  composed.%1$s: empty\n  rowed.%1$s: null\n"::formatted)
                        .collect(Collectors.joining()));

        assertEquals(0, clone.exit(), clone.toString());
        assertEquals("20", psql("every", "select count(*) from itself where ofinet << '10.0.0.0/8'"));
        assertEquals("", answer("pg_dump every | grep -v \"^    'poisoned@mail.test',\" | grep -i -m 3"
                + " 'poison[a-z]*@\\|203.0.113\\|:53:01'"));
        assertEquals("", files("every", "poison@"));
        harmless(refused.out() + refused.err() + clone.out() + clone.err());
        psql("postgres", "drop database every");
    }

    /** As a person does it, from the one database to another. */
    private static Cli.Ran cloned(String rules) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-every");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  live: {lxc: %1$sanon, db_name: a source, db_user: postgres}
                  staging:
                    lxc: %1$sanon
                    db_name: every
                    db_user: postgres
                    clone_from: live
                """.formatted(Lab.PREFIX) + ("anonymise: " + rules).indent(4));
        return Cli.in(folder).run("db-clone", "staging");
    }

    /** The columns of the table that a refusal names, without its questions. */
    private static List<String> named(String said, String table) {
        return said.lines().map(String::strip).filter(line -> line.startsWith(table + "."))
                .map(line -> line.substring(table.length() + 1, line.indexOf(": "))).sorted().toList();
    }

    private static String files(String word) {
        return files("a clone", word);
    }

    /** The relations in whose files it is. */
    private static String files(String database, String word) {
        return answer("psql -X -q -d '" + database + "' -c checkpoint; cd $(psql -X -At -c 'show data_directory');"
                + " for file in $(grep -rlia " + word + " base/$(psql -X -At -d '" + database + "' -c 'select oid from"
                + " pg_database where datname = current_database()')); do number=${file##*/};"
                + " psql -X -At -d '" + database + "' -c \"select format('%s %s', '$file',"
                + " pg_filenode_relation(0, ${number%%[._]*}))\"; done");
    }

    @Test
    void equalBeforeIsEqualAfterWhateverTheWidthTypeOrCollation() {
        psql("a source", """
                create table wide (id int, name varchar(150) unique, mail text unique, pin text unique, ip text);
                create table narrow (id int, name varchar(30) references wide (name), mail varchar(30), any_mail citext,
                    pin char(4) unique, ip inet, mails varchar(30)[]);
                insert into wide select i, 'Poison' || i, 'Poison' || i || '@mail.test', to_hex(4096 + i),
                    '192.0.2.' || i from generate_series(1, 200) i;
                insert into wide values (0, 'poison1', 'poison1@mail.test', null, null);
                insert into narrow select id, name, mail, upper(mail), pin, ip::inet, array[mail] from wide;
                """);
        emptyLogs();

        var launch = launch("""
                anonymise:
                  wide.name: hash
                  narrow.name: hash
                  wide.mail: email
                  narrow.mail: email
                  narrow.any_mail: email
                  narrow.mails: email
                  wide.pin: hash
                  narrow.pin: hash
                  wide.ip: ip
                  narrow.ip: ip
                """ + ALL.indent(2));

        assertEquals(0, launch.exit(), launch.toString());
        harmless(launch);
        assertEquals("201|201|201|201|201|200|200", psql("a clone", """
                select count(*), count(*) filter (where w.name = n.name), count(*) filter (where w.mail = n.mail),
                    count(*) filter (where n.any_mail = w.mail::citext),
                    count(*) filter (where n.mails[1] = w.mail),
                    count(*) filter (where w.pin = n.pin), count(*) filter (where w.ip::inet = n.ip)
                from wide w join narrow n using (id)"""));
        assertEquals("t|t", psql("a clone", "select lower(a.mail) = lower(b.mail), a.mail <> b.mail from wide a, wide b"
                + " where a.id = 0 and b.id = 1"));
    }

    private static final String COLLATED = """
            create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            create collation any_accent (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
            create table people (id int, name text collate any_case unique, code varchar(4) collate any_case,
                plain text collate any_accent, mail text collate any_case);
            create table log (id int, name varchar(40) collate any_case references people (name),
                code varchar(4) collate any_case, plain text collate any_accent);
            insert into people select i, 'Poison' || i, 'pa' || i, 'Poison' || i, 'Poison' || i || '@mail.test'
                from generate_series(1, 50) i;
            insert into log select id, upper(name), upper(code), upper(plain) from people;
            create table place (key text collate "C" primary key);
            create table stay (key text collate "en-x-icu" references place);
            insert into place select name from people;
            insert into stay select key from place;
            """;

    private static final String COLLATED_RULES = """
            people.name: hash
            log.name: hash
            people.code: hash
            log.code: hash
            people.plain: name
            log.plain: name
            place.key: hash
            stay.key: hash
            """;

    @Test
    void whatACollationTakesForEqualStaysEqual() {
        psql("a source", COLLATED);
        emptyLogs();
        var found = launch("anonymise:\n" + (COLLATED_RULES + ALL).indent(2)).err();
        assertTrue(found.contains("1 problem:\n  people.mail: looks personal (its name; 50 of 50 values look like"
                + " e-mail addresses)\n"), found);

        var launch = launch("anonymise:\n" + (COLLATED_RULES + "people.mail: email\n" + ALL).indent(2));

        assertEquals(0, launch.exit(), launch.toString());
        harmless(launch);
        assertEquals("50|50|50|50|50|50", psql("a clone", """
                select count(*), count(*) filter (where p.name = l.name), count(*) filter (where p.code = l.code),
                    count(*) filter (where p.plain = l.plain), (select count(distinct code) from people),
                    (select count(*) from place join stay on place.key = stay.key collate "C")
                from people p join log l using (id)"""));
    }

    @Test
    void whatACollationTakesForEqualAndNoRuleCouldKeepEqualFailsWhole() {
        psql("a source", COLLATED + "update log set plain = 'p\u00f6ison1' where id = 1;");
        emptyLogs();

        fails(COLLATED_RULES + "people.mail: email\n" + ALL, "log.plain, people.plain: there the collation any_accent"
                + " takes for equal what is spelled otherwise, and the rule name would tell it apart:"
                + " null, empty, fixed and keep do not");
    }

    @Test
    void aLargeTableThatOthersReferToIsWrittenAnewAndStaysAsItWas() {
        psql("a source", """
                create table bulk (gone int, id int generated always as identity primary key, name varchar(60) not null,
                    mail varchar(120) unique deferrable, other text, kept bytea, size int default 7,
                    twice int generated always as (size * 2) stored, filler text);
                create index on bulk (name);
                insert into bulk (name, mail, other, kept, filler) select 'Poison ' || i, case when i % 3 > 0
                    then 'poison' || i || '@mail.test' end, 'poison', 'ab', repeat('x', 200)
                    from generate_series(1, 50000) i;
                alter table bulk drop gone;
                create table of_bulk (bulk int references bulk);
                insert into of_bulk select id from bulk where id % 5 = 0;
                create function never() returns trigger language plpgsql as
                    'begin raise exception ''fired''; end';
                create trigger never before insert or update or truncate on bulk execute function never();
                alter table bulk enable always trigger never;
                create rule nor as on insert to bulk do instead nothing;
                """);
        emptyLogs();

        var launch = launch("anonymise:\n  bulk.name: name\n  bulk.mail: email\n  bulk.other: fixed none\n"
                + ALL.indent(2));

        assertEquals(0, launch.exit(), launch.toString());
        harmless(launch);
        assertEquals("50000|33334|33334|50000|14|10000|b", psql("a clone", """
                select count(*), count(mail), count(distinct mail) filter (where mail like '%@example.invalid'),
                    count(*) filter (where other = 'none'), min(twice), (select count(*) from of_bulk join bulk b
                    on b.id = bulk), (select convert_from(substr(kept, 2), 'UTF8') from bulk limit 1) from bulk"""));
        assertEquals("0", psql("a clone", "select count(*) from pg_index where not (indisready and indisvalid)"));
        assertEquals("A|t", psql("a clone", "select tgenabled, relhastriggers from pg_trigger join pg_class c"
                + " on c.oid = tgrelid where tgname = 'never'"));
        assertEquals("", files("poison[0-9]*@mail"));
        var refused = answer("psql -X -d 'a clone' -c 'delete from bulk where id = 5' 2>&1");
        assertTrue(refused.contains("of_bulk"), refused);
    }

    @Test
    void aPublicationAndTriggersOnDdlNeitherStopItNorFire() {
        psql("a source", """
                create table news (mail text);
                insert into news values ('poison@mail.test');
                create table named (mail text not null unique);
                alter table named replica identity using index named_mail_key;
                insert into named values ('poison@mail.test');
                create publication p for all tables;
                create table told (what text);
                create function tell() returns event_trigger language plpgsql as
                    'begin insert into public.told values (tg_tag); end';
                create event trigger ordinary on ddl_command_end execute function tell();
                create event trigger always on ddl_command_end execute function tell();
                alter event trigger always enable always;
                truncate told;
                """);

        var launch = launch("anonymise:\n  news.mail: email\n  named.mail: email\n" + ALL.indent(2));

        assertEquals(0, launch.exit(), launch.toString());
        assertEquals("2|d|i|A|", psql("a clone", """
                select (select count(*) from news join named using (mail) where mail like '%.invalid') * 2,
                    (select relreplident from pg_class where relname = 'news'),
                    (select relreplident from pg_class where relname = 'named'),
                    (select evtenabled from pg_event_trigger where evtname = 'always'),
                    (select string_agg(what, ',') from told)"""));
        assertEquals("0", psql("a clone", "select count(*) from pg_index where not (indisready and indisvalid)"));
    }

    @Test
    void typesThatHoldOtherTypesTakeRulesToo() {
        psql("a source", """
                create extension hstore;
                create type contact as (mail text, phone text);
                create table held (id int, one contact, many contact[], two contact, span tsrange, spans int4multirange,
                    pairs hstore, page xml, doc jsonb, old json);
                insert into held select i, ('poison', '1')::contact, array[('poison', '1')::contact],
                    ('poison', '1')::contact, '[2020-01-01, 2020-02-01]', '{[1,3)}', 'mail=>poison', '<a>poison</a>',
                    '{"to": [{"mail": "poison@mail.test", "n": 7}, null, "Poison@mail.test"]}',
                    '{"a": "poison@mail.test"}' from generate_series(1, 20) i;
                create table half (one contact);
                insert into half values (('poison', null)::contact);
                create table gone (one contact);
                insert into gone values (('poison', null)::contact);
                """);

        var launch = launch("""
                anonymise:
                  held.one: empty
                  held.many: empty
                  held.two: fixed (x,1)
                  held.span: empty
                  held.spans: empty
                  held.pairs: empty
                  held.page: empty
                  held.doc: email
                  held.old: email
                  half.one: fixed (x,)
                  gone.one: null
                """ + ALL.indent(2));

        assertEquals(0, launch.exit(), launch.toString());
        assertEquals("(,)|{}|(x,1)|empty|{}|||t|t|7|null", psql("a clone", """
                select one, many, two, span, spans, pairs, page, doc #>> '{to,0,mail}' = old ->> 'a',
                    lower(doc #>> '{to,2}') = old ->> 'a', doc #>> '{to,0,n}', doc #> '{to,1}'
                from held where id = 1"""));
        assertEquals("(x,)|t", psql("a clone", "select half.one, gone.one is null from half, gone"));
        assertEquals("", dumped());
    }

    private void fails(String rules, String why) {
        var launch = launch("anonymise:\n" + rules.indent(2));

        assertEquals(1, launch.exit(), launch.toString());
        assertTrue(launch.err().contains(why), launch.err());
        harmless(launch);
        assertEquals("a source\nseed", databases());
        assertEquals("lock", answer("ls -A /var/lib/dragonfab/databases/a+clone"));
    }

    /** Neither shown nor written to the server's log: no personal value, no salt. */
    private static void harmless(Launch launch) {
        harmless(launch.out() + launch.err());
    }

    private static void harmless(String said) {
        assertFalse(said.replaceAll("fixed poison", "").contains("poison"), said);
        // The names of an enumeration are its database's, and no rows.
        assertEquals("", answer("grep -iE 'poison|[0-9a-f]{64}' /var/log/postgresql/*.log |"
                + " grep -v \"^[[:space:]]*'[^']*',*$\" | head -n 3"));
    }

    private static String dumped() {
        return answer("pg_dump 'a clone' | grep -i -m 3 poison");
    }

    private static String answer(String script) {
        return inside.ask(Command.script(script).as("postgres")).text();
    }

    private static String psql(String database, String sql) {
        var result = inside.ask(Command.of("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database)
                .reading(Input.of(sql)).as("postgres"));
        assertTrue(result.ok(), result.err());
        return result.text();
    }

    private static Launch launch(String keys) {
        var environments = """
                environments:
                  production: {lxc: %1$sanon, db_name: a source, db_user: postgres}
                  staging:
                    lxc: %1$sanon
                    db_name: a clone
                    clone_from: production
                """.formatted(Lab.PREFIX) + (keys.contains("db_user: ") ? "" : "    db_user: app\n");
        return Launch.real(environments + keys.indent(4), "db-clone", "staging");
    }
}
