package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Project;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import dragonfab.state.Journal;
import dragonfab.state.MigrationState;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Django's migrations of the guestbook, after a deploy and again after they were taken back. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrateGuestbookTest {
    private static final String NAME = Lab.PREFIX + "guestbook";
    private static final Shell INSIDE = new ContainerShell(Lab.HERE, NAME);

    private static Project project;

    @BeforeAll
    static void deploy() throws IOException {
        project = Project.guestbookIn(NAME);
        var deploy = project.cli().run("deploy", "lxc");
        assertEquals(0, deploy.exit(), deploy.toString());
    }

    @AfterAll
    static void remove() {
        Lab.remove("guestbook");
        Lab.remove("guestbook-build");
    }

    @Test
    @Order(1)
    void aDeployLeavesNothingPendingAndTheJournalSaysSo() {
        var check = project.cli().run("db-migrate", "lxc", "--check");

        assertEquals(0, check.exit(), check.toString());
        assertEquals(MigrationState.FINISHED, journal().migrated(journal().current().orElseThrow().version()).state());
        assertTrue(migrations().get(0).contains("\"entries.0001_initial\""), migrations().toString());
    }

    @Test
    @Order(2)
    void aCheckShowsWhatIsPendingAndChangesNothing() {
        var back = project.cli().run("manage", "lxc", "--", "migrate", "entries", "zero");
        assertEquals(0, back.exit(), back.toString());
        var before = migrations();

        var check = project.cli().run("db-migrate", "lxc", "--check");

        assertEquals(1, check.exit(), check.toString());
        assertTrue(check.out().contains("\nentries.0001_initial\n"), check.out());
        assertEquals(before, migrations());
    }

    @Test
    @Order(3)
    void patchesComeFirstAndBothAreWrittenDown() throws IOException {
        project.write("patches/001.sql",
                "create table before_entries as select to_regclass('entries_entry') is null as it;\n");

        var migrate = project.cli().run("db-migrate", "lxc", "--set", "patches=patches");

        assertEquals(0, migrate.exit(), migrate.toString());
        assertTrue(migrate.out().endsWith("2 changed\n"), migrate.out());
        var last = migrations().get(migrations().size() - 1);
        assertTrue(last.contains("\"state\":\"finished\"")
                && last.contains("\"pending\":[\"001.sql\",\"entries.0001_initial\""), last);
        assertEquals("t", INSIDE.read(Command.of("psql", "-d", "guestbook", "-XAtc", "select it from before_entries")
                .as("postgres")));
        var again = project.cli().run("db-migrate", "lxc", "--set", "patches=patches");
        assertTrue(again.out().endsWith("\n1 unchanged\n"), again.toString());
    }

    @Test
    @Order(4)
    void aPatchThatFailsSaysWhyAndTheJournalKnowsThatNothingWasTouched() throws IOException {
        project.write("patches/002.sql", "select 1 / 0;\n");

        var migrate = project.cli().run("db-migrate", "lxc", "--set", "patches=patches");

        assertEquals(1, migrate.exit(), migrate.toString());
        assertTrue(migrate.err().contains("division by zero"), migrate.err());
        assertTrue(migrations().get(migrations().size() - 1).contains("\"state\":\"failed\",\"untouched\":true"));
        assertEquals(MigrationState.FINISHED, journal().migrated(journal().current().orElseThrow().version()).state());
    }

    @Test
    @Order(5)
    void aFixtureIsLoadedOnceAndOneThatFailsLeavesNothing() throws IOException {
        project.write("fixtures/hello.json", "[" + entry(100, "Ann ü") + "]");
        var first = project.cli().run("db-migrate", "lxc", "--set", "fixtures=[fixtures/hello.json]");
        assertEquals(0, first.exit(), first.toString());
        assertTrue(first.out().contains(": load fixtures/hello.json"), first.out());
        assertEquals("Ann ü", sql("update entries_entry set message = 'edited' where id = 100 returning author"));

        var again = project.cli().run("db-migrate", "lxc", "--set", "fixtures=[fixtures/hello.json]");
        assertTrue(again.out().endsWith("nothing is pending\n1 unchanged\n"), again.toString());
        assertEquals("edited", sql("select message from entries_entry where id = 100"));

        project.write("fixtures/bad.json", "[" + entry(101, "Bob") + ", {\"model\": \"entries.nothing\"}]");
        var bad = project.cli().run("db-migrate", "lxc", "--set", "fixtures=[fixtures/bad.json]");
        assertEquals(1, bad.exit(), bad.toString());
        assertTrue(bad.err().contains("entries.nothing"), bad.err());
        assertEquals("0|1", sql("select (select count(*) from entries_entry where id = 101),"
                + " (select count(*) from dragonfab_fixtures)"));
        assertEquals("0", INSIDE.read(Command.script("find /tmp -name bad.json | wc -l")));
        assertTrue(migrations().get(migrations().size() - 1).contains("\"state\":\"failed\",\"untouched\":true"));
    }

    @Test
    @Order(6)
    void whatIsHeldBackWaitsWithAllThatNeedsIt() {
        install("0002_first", "0001_initial");
        install("0003_second", "0002_first");
        install("0004_third", "0003_second");
        var hold = project.cli().run("db-migrate", "lxc", "--not-yet", "entries.0003_second");
        assertEquals(0, hold.exit(), hold.toString());

        var migrate = project.cli().run("db-migrate", "lxc");

        assertEquals(0, migrate.exit(), migrate.toString());
        assertTrue(migrate.out().contains("migrate the database: entries to 0002_first"), migrate.out());
        assertEquals("0002_first", sql("select max(name) from django_migrations where app = 'entries'"));
        var check = project.cli().run("db-migrate", "lxc", "--check");
        assertEquals(0, check.exit(), check.toString());
        assertTrue(check.out().contains("entries.0004_third wait for what is held back\n"), check.out());
        assertTrue(project.cli().run("db-migrate", "lxc", "--status").out().contains("entries.0003_second  held "));

        assertEquals(0, project.cli().run("db-migrate", "lxc", "--now", "entries.0003_second").exit());
        assertEquals(0, project.cli().run("db-migrate", "lxc").exit());
        assertEquals("0004_third", sql("select max(name) from django_migrations where app = 'entries'"));
        assertEquals(0, project.cli().run("manage", "lxc", "--", "migrate", "entries", "0001").exit());
        INSIDE.read(Command.script("cd /usr/share/guestbook/entries/migrations && rm 000[234]_*.py").asRoot());
    }

    private static String entry(int key, String author) {
        return """
                {"model": "entries.entry", "pk": %d, "fields": {"author": "%s", "message": "as it was",
                 "posted": "2026-01-01T00:00:00Z"}}""".formatted(key, author);
    }

    /** Into the release that is there, as if it had come with it. */
    private static void install(String name, String after) {
        INSIDE.read(Command.script("cat > \"/usr/share/guestbook/entries/migrations/$1.py\"", name).asRoot()
                .reading(Input.of(text(after, "migrations.RunSQL('select 1', 'select 1')"))));
    }

    private static String sql(String query) {
        return INSIDE.read(Command.of("psql", "-d", "guestbook", "-qXAtc", query).as("postgres"));
    }

    @Test
    @Order(7)
    void aMigrationThatBreaksHalfWayInMaintenanceTakesCodeAndDatabaseBack() throws IOException {
        var before = INSIDE.read(Command.of("dpkg-query", "-W", "-f", "${Version}", "guestbook"));
        assertEquals(0, project.cli().run("manage", "lxc", "--", "migrate").exit());
        migration("0002_good", "0001_initial", "migrations.RunSQL('create table half_way (it int)')");
        migration("0003_bad", "0002_good", "migrations.RunSQL('select 1 / 0')");
        project.commit("a migration that breaks");

        var deploy = project.cli().run("deploy", "lxc", "--set", "dump_before_migrate=true", "--set",
                "deploy=[deb-build, web-mode maintenance, deb-deploy, db-migrate, test, web-mode live]");

        assertEquals(1, deploy.exit(), deploy.toString());
        assertTrue(deploy.toString().contains("the database was brought back too"), deploy.toString());
        assertEquals(before, INSIDE.read(Command.of("dpkg-query", "-W", "-f", "${Version}", "guestbook")));
        assertEquals("t|1", INSIDE.read(Command.of("psql", "-d", "guestbook", "-XAtc",
                "select to_regclass('half_way') is null, (select count(*) from pg_database"
                        + " where datname = 'guestbook__old')")
                .as("postgres")));
        assertEquals(0, project.cli().run("test", "lxc").exit());
        var status = project.cli().run("status", "lxc", "--json").out();
        assertTrue(status.contains("\"journal\":\"in sync\"") && status.contains("\"lock\":\"free\""), status);
        assertTrue(project.cli().run("web-mode", "lxc", "status").out().contains("live"));
    }

    private static void migration(String name, String after, String operation) throws IOException {
        project.write("entries/migrations/" + name + ".py", text(after, operation));
    }

    private static String text(String after, String operation) {
        return """
                from django.db import migrations


                class Migration(migrations.Migration):
                    dependencies = [("entries", "%s")]
                    operations = [%s]
                """.formatted(after, operation);
    }

    private static List<String> migrations() {
        return lines().stream().filter(line -> line.contains("\"event\":\"migration\"")).toList();
    }

    private static Journal journal() {
        return Journal.of(lines());
    }

    private static List<String> lines() {
        return INSIDE.ask(Command.of("cat", "/var/lib/dragonfab/guestbook/journal")).lines();
    }
}
