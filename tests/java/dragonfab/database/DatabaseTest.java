package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Postgres;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dumps, loads and swaps of a real database. */
@OnContainers
class DatabaseTest {
    private static Postgres server;

    private Cli cli;
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = Postgres.start("data", "app", "app_prod", "reader");
    }

    @AfterAll
    static void stop() {
        server.remove();
    }

    @BeforeEach
    void project() throws IOException {
        folder = Files.createTempDirectory("dragonfab-data");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__: {lxc: %s, db_user: app}
                  one: {db_name: one}
                  guarded: {db_name: one, protected: true}
                  kinds: {db_name: kinds, db_user: laptop}
                  copy: {db_name: copy, anonymise: off}
                  odd: {db_name: 'odd "name" $(touch /tmp/pwned) ü'}
                """.formatted(server.name()));
        cli = Cli.in(folder);
        server.fill("one", "app", 5000, "first");
    }

    @AfterEach
    void drop() {
        for (var name : server.databases().lines().toList()) {
            server.sql("postgres", "alter database \"" + name.replace("\"", "\"\"")
                    + "\" with allow_connections false;\n"
                    + "drop database \"" + name.replace("\"", "\"\"") + "\" with (force)");
        }
    }

    @Test
    void aDumpIsPrivateDescribedAndOutOfGit() throws IOException {
        good("db-dump", "one");

        var dump = dumps().get(0);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dump.getParent())));
        var manifest = Files.readString(dump.resolveSibling(dump.getFileName() + ".json"));
        assertTrue(manifest.contains("public.entries\\\" , \\\"rows\\\" : 5000")
                || manifest.contains("\\\"public.entries\\\", \\\"rows\\\" : 5000"), manifest);
        assertEquals("*\n", Files.readString(folder.resolve("dumps/.gitignore")));
        assertTrue(good("db-dump", "one", "--verify").out().contains("it is whole"));
        assertTrue(good("db-dump", "one", "--list").out().contains("one-"));
    }

    @Test
    void whatIsKeptOfADatabaseIsForNobodyElseWhateverTheUmask() throws IOException {
        cli.umask("000");
        good("db-dump", "one");
        good("db-push", "one");

        try (var files = Files.walk(folder.resolve("dumps"))) {
            for (var file : files.toList()) {
                assertTrue(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).endsWith("------"),
                        file.toString());
            }
        }
        assertEquals("711 root /var/lib/dragonfab\n711 root /var/lib/dragonfab/databases",
                server.inside().read(Command.script(
                        "find /var/lib/dragonfab -perm /077 -printf '%m %u %p\\n' | sort")));
    }

    @Test
    void aDamagedDumpIsFoundAndNeverLoaded() throws IOException {
        good("db-dump", "one");
        var dump = dumps().get(0);
        var bytes = Files.readAllBytes(dump);
        bytes[bytes.length / 2] ^= 1;
        Files.write(dump, bytes);

        assertEquals(1, cli.run("db-dump", "one", "--verify").exit());
        var push = cli.run("db-push", "one");
        assertEquals(3, push.exit(), push.toString());
        assertTrue(push.err().contains("is damaged"), push.err());
        assertEquals("one", server.databases());
    }

    @Test
    void onlyAsManyDumpsAsWantedStay() throws IOException {
        for (int i = 0; i < 3; i++) {
            good("db-dump", "one", "--set", "keep_dumps=2");
        }

        assertEquals(2, dumps().size());
        assertEquals(6, Files.list(folder.resolve("dumps")).count());
    }

    @Test
    void aPushBringsTheDumpBackAndUndoTheDatabaseBefore() {
        good("db-dump", "one");
        var dumped = server.fingerprint("one");
        server.sql("one", "delete from tags; delete from entries where id > 10");
        var later = server.fingerprint("one");

        good("db-push", "one");
        assertEquals(dumped, server.fingerprint("one"));
        assertEquals("one\none__old", server.databases());

        good("db-push", "one", "--undo");
        assertEquals(later, server.fingerprint("one"));
        good("db-push", "one", "--undo");
        assertEquals(dumped, server.fingerprint("one"));

        good("db-push", "one", "--prune");
        assertEquals("one", server.databases());
        assertEquals(3, cli.run("db-push", "one", "--undo").exit());
    }

    @Test
    void whatWasOutOfUseWhenAllWasKilledGoesWithTheNextLoad() {
        good("db-dump", "one");
        good("db-push", "one");
        server.sql("postgres", """
                create database one__was;
                comment on database one__was is 'out of use, and about to be dropped';
                """);

        good("db-push", "one");

        assertEquals("one\none__old", server.databases());
    }

    @Test
    void aDatabaseOfThatNameThatIsSomebodyElsesStays() {
        good("db-dump", "one");
        good("db-push", "one");
        server.sql("postgres", "create database one__was");
        var before = server.fingerprint("one");

        var push = cli.run("db-push", "one");

        assertEquals(1, push.exit(), push.toString());
        assertTrue(push.err().contains("database \"one__was\" already exists"), push.err());
        assertEquals(before, server.fingerprint("one"));
        assertEquals("one\none__old\none__was", server.databases());
    }

    @Test
    void aDryRunChangesNothing() {
        good("db-dump", "one");
        var push = good("db-push", "one", "-n");

        assertTrue(push.out().contains("database-swap"), push.out());
        assertEquals("one", server.databases());
    }

    @Test
    void sessionsGoOverToTheNewDatabase() throws Exception {
        good("db-dump", "one");
        var clients = java.util.concurrent.CompletableFuture.supplyAsync(() -> server.inside().ask(
                Command.script("""
                        cd /
                        PGDATABASE=one psql -XAtqc 'select pg_sleep(60)' >/dev/null 2>&1 &
                        failed=0
                        for i in $(seq 1 150); do
                            PGDATABASE=one psql -XAtqc 'select count(*) from entries' >/dev/null 2>&1 || failed=$((failed + 1))
                        done
                        echo "$failed"
                        """).as("postgres")));
        good("db-push", "one");

        var failed = Integer.parseInt(clients.get().text().strip());
        assertTrue(failed <= 3, failed + " of 150 new sessions failed");
    }

    @Test
    void anOddNameWithAllThatAServerKnowsComesOutRight() {
        var odd = "odd \"name\" $(touch /tmp/pwned) ü";
        server.inside().read(Command.script("localedef -i de_DE -f UTF-8 de_DE.UTF-8;"
                + " systemctl restart postgresql@15-main"));
        server.sql("postgres", """
                create role "gone tomorrow";
                create database "odd ""name"" $(touch /tmp/pwned) ü" owner app_prod
                    template template0 encoding UTF8 locale 'de_DE.UTF-8';
                alter database "odd ""name"" $(touch /tmp/pwned) ü" set search_path = "$user", public, 'Odd, too';
                alter role app in database "odd ""name"" $(touch /tmp/pwned) ü" set statement_timeout = '5min';
                grant connect on database "odd ""name"" $(touch /tmp/pwned) ü" to reader;
                """);
        server.grow(odd, "app_prod", 1000, "odd");
        server.sql(odd, """
                create extension citext;
                create schema "S x" authorization "gone tomorrow";
                create table "S x"."T t" (w citext, l text);
                alter table "S x"."T t" owner to "gone tomorrow";
                insert into "S x"."T t" values ('Ä', 'ä'), ('ä', 'z');
                grant select on entries to reader;
                grant insert on entries to "gone tomorrow";
                """);
        good("db-dump", "odd");
        server.sql(odd, "drop owned by \"gone tomorrow\" cascade; drop role \"gone tomorrow\"");

        good("db-push", "odd");

        assertEquals("de_DE.UTF-8|app", server.sql(odd,
                "select datcollate, pg_get_userbyid(datdba) from pg_database where datname = current_database()"));
        assertEquals("\"$user\", public, \"Odd, too\"", server.sql(odd, "show search_path"));
        assertEquals("app,app,app", server.sql(odd, """
                select string_agg(distinct pg_get_userbyid(relowner), ',') from pg_class
                    where relnamespace in ('"S x"'::regnamespace, 'public'::regnamespace) and relkind in ('r', 'S')
                union all select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'S x'
                union all select 'app'""").replace("\n", ","));
        assertEquals("t|f", server.sql(odd, "select has_table_privilege('reader', 'entries', 'select'),"
                + " has_table_privilege('reader', 'entries', 'insert')"));
        assertEquals("t", server.sql(odd, "select has_database_privilege('reader', current_database(), 'connect')"));
        assertEquals("2", server.sql(odd, "select count(*) from \"S x\".\"T t\" where w = 'ä'"));
        assertEquals("", server.sql("postgres", "select rolname from pg_roles where rolname like 'gone%'"));
        assertEquals("1", server.sql("postgres", "select count(*) from pg_db_role_setting s join pg_database d"
                + " on d.oid = setdatabase where setrole = 'app'::regrole and datname like 'odd%ü'"));
        assertFalse(server.inside().ask(Command.of("test", "-e", "/tmp/pwned")).ok());
    }

    /** Also what is written in answer to what we do, by a trigger of the database's own, is no difference. */
    @Test
    void eachKindOfThingGoesOverToTheOwnerHere() {
        Kinds.assertNamed(server);
        Kinds.make(server);
        assertEquals(List.of(), Kinds.without(server, "kinds", "laptop"));
        server.sql("postgres", "alter role laptop superuser");
        server.sql("kinds", "alter default privileges for role neighbour grant select on tables to reader;"
                + " create table of_nobody (n int); alter table of_nobody owner to neighbour");
        var before = server.sql("kinds", "select count(*) from laptops.plain");

        var clone = good("db-clone", "copy", "--from", "kinds");

        assertTrue(clone.err().contains("a copy subscribes to nothing: without heard"), clone.err());
        assertEquals(List.of(), Kinds.of(server, "copy", "laptop"));
        assertEquals(List.of("pg_event_trigger.evtowner", "pg_extension.extowner", "pg_foreign_data_wrapper.fdwowner",
                "pg_subscription.subowner"), Kinds.without(server, "copy", "app"));
        assertEquals(before, server.sql("copy", "select count(*) from laptops.plain"));
        assertEquals("postgres|it writes\npostgres|", server.sql("copy", """
                select evtowner::regrole, obj_description(oid, 'pg_event_trigger') from pg_event_trigger
                union all select fdwowner::regrole, '' from pg_foreign_data_wrapper"""));
        assertEquals("t|t|t|t", server.sql("copy", """
                select has_column_privilege('app', 'of_boss', 'm', 'select'), has_table_privilege('app', 'of_boss',
                    'insert'), has_sequence_privilege('app', 'of_boss_too', 'usage'),
                    has_function_privilege('app', 'of_boss()', 'execute')"""));
        assertEquals("""
                app|f|{app=X/app}
                app|f|{reader=X/app}
                app|r|{app=arwdDxt/app,reader=r/app}
                neighbour|r|{reader=r/neighbour,neighbour=arwdDxt/neighbour}
                {app}
                app|{password=x,user=it's}""", server.sql("copy", """
                select defaclrole::regrole, defaclobjtype, defaclacl::text from pg_default_acl order by 1, 2, 3;
                select polroles::regrole[] from pg_policy;
                select usename, umoptions from pg_user_mappings"""));
        server.sql("kinds", "alter subscription heard set (slot_name = none); drop subscription heard");
    }

    @Test
    void aProtectedEnvironmentWantsItsNameAndIsDumpedFirst() throws IOException {
        good("db-dump", "guarded");
        var refused = cli.run("db-push", "guarded", "-y");
        assertEquals(3, refused.exit(), refused.toString());
        assertEquals("""
                db-push: guarded: is protected, and its database would be replaced
                try: jbang db-push@dragonfab guarded -y --yes-really guarded
                """, refused.err());
        assertEquals(3, cli.run("db-push", "guarded", "--yes-really", "one").exit());

        good("db-push", "guarded", "--yes-really", "guarded");
        assertEquals(2, dumps().size());
    }

    @Test
    void whatCannotGoWellIsRefusedBeforehandWithAllReasons() {
        good("db-dump", "one");
        var push = cli.run("db-push", "one", "--set", "db_user=nobody_here");

        assertEquals(3, push.exit(), push.toString());
        assertTrue(push.err().contains("there is no role nobody_here to own it: init makes it"), push.err());
    }

    @Test
    void aLoadThatFailsLeavesNothing() {
        good("db-dump", "one");
        server.inside().read(Command.script("mv /usr/lib/postgresql/15/bin/pg_restore /root/kept"));
        try {
            var push = cli.run("db-push", "one");
            assertEquals(1, push.exit(), push.toString());
        } finally {
            server.inside().read(Command.script("mv /root/kept /usr/lib/postgresql/15/bin/pg_restore"));
        }
        assertEquals("one", server.databases());
        assertEquals("lock", server.inside().read(Command.of("ls", "/var/lib/dragonfab/databases/one")));
    }

    @Test
    void aDumpOfAnotherToolIsLoadedByTheCommandsThatItsRefusalNames() throws IOException {
        var live = server.fingerprint("one");
        var theirs = Files.createDirectory(folder.resolve("their dumps"));
        Lab.run(server.inside(), """
                rm -rf /tmp/theirs
                install -d -o postgres /tmp/theirs
                cd /tmp/theirs
                exec setpriv --reuid postgres --clear-groups sh -ec '
                    export PGDATABASE=one
                    pg_dump >plain.sql
                    pg_dump -C -c >"whole database.sql"
                    gzip -k *.sql
                    pg_dump -Fc >custom
                    pg_dump -Ft >tar
                    gzip <custom >custom.gz
                    zstd -q <custom >custom.zst
                    zstd -q "whole database.sql"
                    pg_dumpall >server.sql'
                """);
        Lab.HERE.read(Command.script("cp /proc/$(lxc-info -n \"$1\" -pH)/root/tmp/theirs/* \"$2\"; chmod a+r \"$2\"/*",
                server.name(), theirs).asRoot());

        var wrong = new ArrayList<String>();
        var left = new ArrayDeque<Path>();
        try (var files = Files.list(theirs)) {
            files.sorted().forEach(left::add);
        }
        for (var file = left.poll(); file != null; file = left.poll()) {
            var push = cli.run("db-push", "one", file.toString());
            assertEquals(3, push.exit(), push.toString());
            var packed = file;
            var unpack = typed(push).filter(line -> line.startsWith("zstd -d ")).findFirst();
            unpack.ifPresent(line -> {
                cli.tool("sh", "-c", line);
                Lab.HERE.read(Command.script("cp \"$2\".dump /proc/$(lxc-info -n \"$1\" -pH)/root/tmp/theirs/",
                        server.name(), packed).asRoot());
                left.add(Path.of(packed + ".dump"));
            });
            if (file.endsWith("server.sql")) {
                assertEquals(List.of(), typed(push).toList());
            } else if (unpack.isEmpty()) {
                loadThere(push);
                var state =
                        state("one").replace(live, "as it was") + ", " + state("imported").replace(live, "the same");
                if (!state.equals("app as it was, app the same")) {
                    wrong.add(file.getFileName() + ": " + state);
                }
                if (!left.isEmpty()) {
                    server.sql("postgres", "drop database if exists imported with (force)");
                }
            }
        }
        assertEquals(List.of(), wrong);

        server.sql("one", "delete from tags");
        good("db-dump", "one", "--set", "db_name=imported");
        good("db-push", "one");
        assertEquals(live, server.fingerprint("one"));
    }

    /** The owner of its tables, and what is in them. */
    private String state(String database) {
        try {
            return server.sql(database, "select distinct tableowner from pg_tables where schemaname = 'public'") + " "
                    + server.fingerprint(database);
        } catch (Failure none) {
            return "not there";
        }
    }

    /** Its commands for the server, as the dba would type them in the folder where the file is. */
    private void loadThere(Cli.Ran push) {
        typed(push).filter(line -> !line.contains("@dragonfab")).forEach(line -> server.inside().ask(
                Command.of("sh", "-c", "cd /tmp/theirs; " + line).as("postgres")));
    }

    private static Stream<String> typed(Cli.Ran push) {
        return push.err().lines().filter(line -> line.matches("(then|try): .*[^a-z -].*"))
                .map(line -> line.split(": ", 2)[1]).filter(line -> !line.startsWith("load it "));
    }

    private Cli.Ran good(String script, String... arguments) {
        var ran = cli.run(script, arguments);
        assertEquals(0, ran.exit(), ran.toString());
        return ran;
    }

    private List<Path> dumps() throws IOException {
        try (var files = Files.list(folder.resolve("dumps"))) {
            return files.filter(file -> file.toString().endsWith(".zst")).sorted().toList();
        }
    }
}
