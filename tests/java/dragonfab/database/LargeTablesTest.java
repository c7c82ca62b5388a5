package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Postgres;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are large enough to come beside the archive, with all that a table can be. */
@OnContainers
class LargeTablesTest {
    /** More than 64 MB in a moment: wide values that are not compressed. */
    private static final String WIDE = "decode(repeat(md5(n::text), 65536), 'hex')";
    private static final String ROWS = "generate_series(1, 66) n";

    private static Postgres server;
    private static Cli cli;

    @BeforeAll
    static void start() throws IOException {
        server = Postgres.start("large", "app");
        Path folder = Files.createTempDirectory("dragonfab-large");
        Login.in(folder).to("large", server.inside(), "deploy ALL=(ALL) NOPASSWD: ALL");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__: {db_user: app, anonymise: off}
                  one: {lxc: %1$slarge, db_name: one}
                  host: {hosts: %2$s, ssh_config: ssh_config, db_name: one}
                  west: {lxc: %1$slarge, db_name: west}
                  busy: {lxc: %1$slarge, db_name: busy}
                  two: {lxc: %1$slarge, db_name: two}
                  changed:
                    lxc: %1$slarge
                    db_name: two
                    anonymise:
                      '"S.x"."T ""t"" (a, b) c"."Text: Ä"': hash
                      '"S.x"."T ""t"" (a, b) c".wide': "null"
                      '"S.x"."T ""t"" (a, b) c".at': keep
                      '"tab\t".wide': keep
                      feelings.wide: keep
                      parts.wide: keep
                      heir.wide: keep
                      (large objects): keep
                """.formatted(Lab.PREFIX, Lab.address("large")));
        cli = Cli.in(folder);
        server.sql("postgres", "alter system set log_statement = 'all'; select pg_reload_conf()");
        server.fill("one", "app", 100, "one");
        server.sql("one", """
                create schema "S.x";
                create type mood as enum ('glad', 'sad');
                create function "S.x".positive(bigint) returns boolean language sql as 'select $1 > 0';
                create table "S.x"."T ""t"" (a, b) c" (
                    gone int, id bigint generated always as identity primary key check ("S.x".positive(id)),
                    "Text: Ä" text default 'x', number numeric, moment timestamptz, maybe boolean, words text[],
                    tree jsonb, wide bytea, doubled bigint generated always as (id * 2) stored, at inet, price float8);
                alter table "S.x"."T ""t"" (a, b) c" drop column gone, alter column wide set storage external;
                create table U&"tab\\0009" (wide bytea);
                alter table U&"tab\\0009" alter column wide set storage external;
                create table feelings (felt mood, wide bytea);
                alter table feelings alter column wide set storage external;
                create table parts (id int, wide bytea) partition by range (id);
                create table "small part" partition of parts for values from (0) to (10);
                create table "large part" partition of parts for values from (10) to (1000);
                create table heir (more int) inherits (tags);
                alter table heir add wide bytea, alter column wide set storage external;
                alter table "large part" alter column wide set storage external;
                alter table "large part" enable row level security;
                create function stop() returns trigger language plpgsql as 'begin raise exception ''stop''; end';

                insert into "S.x"."T ""t"" (a, b) c" ("Text: Ä", number, moment, maybe, words, tree, wide, at, price)
                    select case n % 3 when 0 then null when 1 then '' else E'Ä\\\\N\\t\\n' || n end,
                        case n when 7 then 'NaN' else n / 7.0 end, case n when 8 then 'infinity' else now() end,
                        n % 2 = 0, array[null, '', n::text], jsonb_build_object('n', n), %1$s, '10.0.0.1/8',
                        case n when 9 then '-Infinity' else n / 3.0 end from %2$s;
                insert into U&"tab\\0009" select %1$s from %2$s;
                insert into feelings select case n % 2 when 0 then 'glad'::mood end, %1$s from %2$s;
                insert into parts select n, %1$s from %2$s;
                insert into parts select n + 100, %1$s from %2$s;
                insert into heir select null, 't', n, %1$s from %2$s;
                create trigger stop before insert on "large part" for each row execute function stop();
                """.replace("%1$s", WIDE).replace("%2$s", ROWS));
    }

    @AfterAll
    static void stop() {
        server.remove();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "host"})
    void theyComeOutAsTheyWere(String from) {
        Lab.run(server.inside(), "truncate -s 0 /var/log/postgresql/*.log");
        good("db-clone", "two", "--from", from);

        assertEquals(everything("one"), everything("two"));
        assertEquals("""
                truncate only "S.x"."T ""t"" (a, b) c"
                truncate only public."large part"
                truncate only public.heir""", server.inside().read(Command.script(
                "grep -oh 'truncate only .*' /var/log/postgresql/*.log | LC_ALL=C sort -u")));
    }

    /** The rows are changed before there is a trigger or an index, and counted before that. */
    @Test
    void theyAreChangedInAClone() {
        good("db-clone", "changed", "--from", "one");

        var table = "\"S.x\".\"T \"\"t\"\" (a, b) c\"";
        assertEquals("66|44|22|0|t|1", server.sql("two", "select count(*), count(\"Text: Ä\"), count(*) filter (where"
                + " \"Text: Ä\" ~ '^[A-Za-z]{24}$'), count(wide), bool_and(doubled = id * 2), (select count(*) from"
                + " pg_index where indrelid = '" + table.replace("'", "''") + "'::regclass) from " + table));
        assertEquals(server.fingerprint("one"), server.fingerprint("two"));
        assertEquals("O", server.sql("two", "select tgenabled from pg_trigger where tgname = 'stop'"
                + " and tgrelid = '\"large part\"'::regclass"));
    }

    @Test
    void theTextOfAnotherEncodingComesOutAsItWas() {
        server.sql("postgres", "alter role postgres set client_encoding = 'UTF8'");
        server.sql("postgres", "create database west owner app template template0 encoding LATIN1 locale 'C'");
        server.sql("west", "create table \"Ü\" (\"ä\" text, wide text);"
                + " alter table \"Ü\" alter column wide set storage external; insert into \"Ü\""
                + " select convert_from('\\xe4', 'LATIN1'), repeat(md5(n::text), 32768) from " + ROWS);

        good("db-clone", "two", "--from", "west");

        assertEquals("66|\\xe4", server.sql("two",
                "select count(*), min(convert_to(\"ä\", 'LATIN1')::text) from \"Ü\""));
    }

    /** Who waits for a table holds up all who come after him, the application too. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoWaitsToTruncateATableIsNotKeptWaiting() throws Exception {
        server.sql("postgres", "create database busy owner app");
        for (var table : new String[] {"first", "last"}) {
            server.sql("busy", """
                    create table %1$s (wide bytea);
                    alter table %1$s alter column wide set storage external;
                    insert into %1$s select %2$s from %3$s""".formatted(table, WIDE, ROWS));
        }
        var truncating = CompletableFuture.supplyAsync(() -> server.inside().ask(Command.script("""
                busy() { psql -XAtq -d busy "$@"; }
                for try in $(seq 300); do
                    [ -z "$(busy -c "select 1 from pg_stat_activity where query like 'copy public.f%'")" ] || break
                done
                timeout 60 psql -Xq -d busy -c 'truncate last'""").as("postgres")));

        var ran = cli.run("db-clone", "two", "--from", "busy");

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("could not obtain lock on relation \"public.last\""), ran.err());
        assertTrue(truncating.get().ok(), truncating.get().err());
        good("db-clone", "two", "--from", "busy");
        assertEquals("66|0", server.sql("two", "select (select count(*) from first), (select count(*) from last)"));
    }

    @Test
    void aProgramThatIsKilledIsNamedWithoutItsText() throws Exception {
        var killing = CompletableFuture.supplyAsync(() -> server.inside().ask(Command.script(
                "timeout 60 sh -c 'until pgrep -x perl; do :; done; sleep 0.3; until pkill -KILL -x perl; do :; done'")
                .asRoot()));

        var ran = cli.run("db-clone", "two", "--from", "one");
        killing.get();

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("Killed"), ran.err());
        assertFalse(ran.err().contains("sysread"), ran.err());
        assertTrue(ran.err().contains("; the live database is untouched\n"), ran.err());
        assertTrue(ran.err().contains("\ntry: jbang db-clone@dragonfab two"), ran.err());
    }

    private static String everything(String database) {
        return server.fingerprint(database) + server.sql(database, """
                select string_agg(row, E'\\n' order by row) from "S.x"."T ""t"" (a, b) c" t, md5(t::text) row;
                select string_agg(row, E'\\n' order by row) from feelings t, md5(t::text) row;
                select string_agg(row, E'\\n' order by row) from parts t, md5(tableoid::regclass::text || t::text) row;
                select string_agg(row, E'\\n' order by row) from tags t, md5(tableoid::regclass::text || t::text) row;
                select string_agg(row, E'\\n' order by row) from heir t, md5(t::text) row;
                """);
    }

    private static void good(String script, String... arguments) {
        var ran = cli.run(script, arguments);
        assertEquals(0, ran.exit(), ran.toString());
    }
}
