package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Cli.Ran;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQL patches on a real PostgreSQL; every test has a project and a database of its own. */
@OnContainers
class PatchesTest {
    private static final String DATABASE = "my \"db\" =ü";
    private static final String OWNER = "app-x";

    private static Shell inside;

    private Cli project;

    @BeforeAll
    static void server() throws IOException {
        inside = Lab.container("patches");
        Lab.run(inside, """
                apt-get -q update >&2
                DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends install postgresql </dev/null >&2
                """);
    }

    @AfterAll
    static void remove() {
        Lab.remove("patches");
    }

    @BeforeEach
    void aProjectAndItsDatabase() throws IOException {
        project = Cli.in(Files.createTempDirectory("dragonfab-patches"));
        Files.writeString(project.folder().resolve("environments.yml"), """
                environments:
                  lab: {lxc: %spatches, db_name: '%s', db_user: %s, patches: patches}
                """.formatted(Lab.PREFIX, DATABASE, OWNER));
        Files.createDirectory(project.folder().resolve("patches"));
        Lab.run(inside, "runuser -u postgres -- dropdb --if-exists -f \"$1\"", DATABASE);
        var init = project.run("init", "lab");
        assertEquals(0, init.exit(), init.toString());
    }

    @Test
    void eachIsAppliedOnceByTheOwnerToTheLetter() throws IOException {
        patch("001-ü.sql", "create table t (x text);\ninsert into t values ('ü \\! :name :''owner''\n\\q');\n");
        patch("002-it's.sql", "-- nothing but words\n");

        var first = migrate();
        assertEquals(0, first.exit(), first.toString());
        assertTrue(first.out().endsWith("2 changed\n"), first.toString());
        assertEquals("ü \\! :name :'owner'\n\\q", sql("select x from t"));
        assertEquals(OWNER, sql("select distinct tableowner from pg_tables where schemaname = 'public'"));

        var again = migrate();
        assertEquals(0, again.exit(), again.toString());
        assertTrue(again.out().endsWith("nothing is pending\n1 unchanged\n"), again.toString());
        assertEquals("1", sql("select count(*) from t"));
    }

    @Test
    void anErrorInTheMiddleLeavesNothingOfIt() throws IOException {
        patch("001.sql", "create table t (x text);\n\ninsert into nowhere values (1);\ncreate table u ();\n");

        var ran = migrate();

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("  ERROR:  relation \"nowhere\" does not exist\n"
                + "  LINE 3: insert into nowhere values (1);\n"), ran.err());
        assertEquals("", tables());
    }

    @Test
    void nothingInAPatchEndsTheTransactionOrSpeaksToPsql() throws IOException {
        var before = "create table t (x text);\n";
        for (var surprise : new String[] {"commit;", "rollback; create table u ();", "\\! touch /tmp/surprise",
            "copy t from stdin;\nx\n\\.", "begin;", "savepoint s;", "\\connect postgres"}) {
            patch("001.sql", before + surprise + "\n");

            var ran = migrate();

            assertEquals(1, ran.exit(), surprise + "\n" + ran);
            assertEquals("", tables(), surprise);
        }
        assertEquals("", inside.ask(Command.script("ls /tmp | grep surprise")).out());
    }

    @Test
    void theOnesBeforeAFailureStayAndTheNextRunGoesOn() throws IOException {
        patch("001.sql", "create table t (x text);\n");
        patch("002.sql", "insert into u values (1);\n");
        patch("003.sql", "insert into t values ('third');\n");

        var failed = migrate();
        assertEquals(4, failed.exit(), failed.toString());
        assertEquals("001.sql applied, 002.sql pending, 003.sql pending", status());

        patch("002.sql", "insert into t values ('second');\n");
        assertEquals(0, migrate().exit());
        assertEquals("second,third", sql("select string_agg(x, ',') from t"));
    }

    @Test
    void aFileThatChangedIsRefusedAndOneThatIsGoneWarnedOf() throws IOException {
        patch("001.sql", "create table t (x text);\n");
        patch("002.sql", "select 1;\n");
        assertEquals(0, migrate().exit());
        patch("001.sql", "create table t (y text);\n");
        Files.delete(file("002.sql"));

        var refused = migrate();
        assertEquals(3, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("001.sql was changed"), refused.err());
        assertEquals("001.sql changed, 002.sql missing", status());

        assertEquals(0, migrate("--fake", "001.sql").exit());
        var warned = migrate();
        assertEquals(0, warned.exit(), warned.toString());
        assertTrue(warned.err().contains("002.sql was applied, and its file is gone"), warned.err());
    }

    @Test
    void fakeRunsNothing() throws IOException {
        patch("001.sql", "create table t (x text);\n");
        patch("002.sql", "create table u (x text);\n");

        assertEquals(0, migrate("--fake", "all").exit());

        assertEquals("001.sql applied, 002.sql applied", status());
        assertEquals("", tables());
    }

    @Test
    void aDryRunAndACheckChangeNothing() throws IOException {
        patch("001.sql", "create table t (x text);\n");

        var dry = migrate("-n", "-v");
        var check = migrate("--check");

        assertEquals(0, dry.exit(), dry.toString());
        assertTrue(dry.out().contains("\ncreate table t (x text);\n"), dry.out());
        assertEquals(1, check.exit(), check.toString());
        assertTrue(check.out().endsWith("\n001.sql\n"), check.out());
        assertEquals("", tables());
    }

    @Test
    void aPatchOutsideATransactionThatFailedIsRefusedUntilItIsFaked() throws IOException {
        patch("001.sql", "create table t (x text);\ninsert into t values ('a'), ('a');\n");
        patch("002.sql", "-- dragonfab: no transaction\ncreate index concurrently good on t (x);\n");
        patch("003.sql", "-- dragonfab: no transaction\ncreate unique index concurrently bad on t (x);\n");

        var failed = migrate();
        assertEquals(4, failed.exit(), failed.toString());
        assertEquals("001.sql applied, 002.sql applied, 003.sql unfinished", status());
        assertEquals("good", sql("select string_agg(indexrelid::regclass::text, ',') from pg_index"
                + " where indrelid = 't'::regclass and indisvalid"));

        var refused = migrate();
        assertEquals(3, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("003.sql was begun outside a transaction and not finished"), refused.err());
        assertEquals(0, migrate("--fake", "003.sql").exit());
        assertEquals(0, migrate().exit());
    }

    @Test
    void twoAtOnceTakeTurnsAlsoOutsideATransaction() throws IOException {
        patch("001.sql", "create table t (x text);\ninsert into t select pg_sleep(3)::text;\n");
        patch("002.sql", "-- dragonfab: no transaction\ncreate index concurrently i on t (x);\n");

        var runs = Stream.generate(() -> CompletableFuture.supplyAsync(() -> migrate())).limit(2).toList();

        for (var run : runs) {
            assertEquals(0, run.join().exit(), run.join().toString());
        }
        assertEquals("1", sql("select count(*) from t"));
        assertEquals("001.sql applied, 002.sql applied", status());
    }

    @Test
    void aMigrationThatWasKilledLeftNothing() throws Exception {
        patch("001.sql", "create table t (x text);\nselect pg_sleep(60);\n");
        var running = CompletableFuture.supplyAsync(() -> migrate());
        Lab.run(inside, """
                for i in $(seq 100); do
                    pid=$(pgrep -o -x psql) && sleep 1 && kill -9 "$pid" && exit
                    sleep 0.2
                done
                exit 1
                """);

        assertEquals(1, running.join().exit(), running.join().toString());
        assertEquals("001.sql pending", status());
        patch("001.sql", "create table t (x text);\n");
        assertEquals(0, migrate().exit());
    }

    @Test
    void aHeldPatchWaitsAndAFixtureIsLoadedOnceByTheOwner() throws IOException {
        patch("001.sql", "create table t (x text);\n");
        patch("002.sql", "insert into t values ('late');\n");
        Files.writeString(project.folder().resolve("more.sql"), "insert into t values (current_user);\n");
        Files.writeString(project.folder().resolve("bad.sql"), "insert into t values ('bad');\nselect 1 / 0;\n");
        assertEquals(0, migrate("--not-yet", "002.sql").exit());
        assertEquals(0, migrate("--not-yet", "002.sql").exit());

        var first = migrate("--set", "fixtures=[more.sql]");
        assertEquals(0, first.exit(), first.toString());
        assertEquals(1, migrate("--set", "fixtures=[more.sql, bad.sql]").exit());

        assertEquals(OWNER, sql("select string_agg(x, ',') from t"));
        assertEquals("001.sql applied, 002.sql held, name state, more.sql missing", status());
        assertEquals("more.sql", sql("select string_agg(name, ',') from dragonfab_fixtures"));
        assertEquals(0, migrate("--now", "002.sql").exit());
        assertEquals(0, migrate().exit());
        assertEquals(OWNER + ",late", sql("select string_agg(x, ',') from t"));
    }

    private Path file(String name) {
        return project.folder().resolve("patches").resolve(name);
    }

    private void patch(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    private Ran migrate(String... options) {
        return project.run("db-migrate", Stream.concat(Stream.of("lab"), Stream.of(options)).toArray(String[]::new));
    }

    private String status() {
        var rows = migrate("--status").out().lines().skip(1).map(row -> row.split(" +"))
                .map(cells -> cells[0] + " " + cells[1]).toList();
        return String.join(", ", rows);
    }

    private static String tables() {
        return sql("select string_agg(tablename, ',') from pg_tables"
                + " where schemaname = 'public' and tablename <> 'dragonfab_patches'");
    }

    private static String sql(String query) {
        return inside.read(Command.script("PGDATABASE=$1 exec psql -X -q -A -t -w -c \"$2\"", DATABASE, query)
                .as("postgres"));
    }
}
