package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that somebody holds back. */
class DbHoldTest extends DbMigrating {
    private static final String DEPENDENCIES = TOOL + "showmigrations --plan -v 2";

    @TempDir
    Path folder;

    @Test
    void aPatchIsHeldByName() throws IOException {
        patch("001-a.sql");
        at().answering(HAD, "");

        var launch = migrate(patched(), "--not-yet", "001-a.sql");

        assertEquals("changed    app1.test: hold back 001-a.sql\n1 changed\n", launch.out() + launch.err());
        assertEquals("app1.test:\n$ [postgres] database-hold app app hold 001-a.sql ME\n", changes());
    }

    @Test
    void whatIsHeldIsLeftOutAndTold() throws IOException {
        patch("001-a.sql");
        patch("002-b.sql");
        at().answering(HAD, held("001-a.sql")).answering(PLAN, "");

        var launch = migrate(patched() + ", fixtures: [permissions]");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("note       app1.test: 001-a.sql is held back by ann@home, 3 days ago\n"),
                launch.out());
        assertTrue(changes().contains("whole 002-b.sql") && changes().contains("- permissions"), changes());
        assertTrue(!changes().contains("001-a.sql"), changes());
    }

    @Test
    void aHeldFixtureIsLeftOutOfACheck() {
        at().answering(HAD, held("permissions")).answering(PLAN, "");

        var check = migrate(named() + ", fixtures: [permissions]", "--check");

        assertEquals(0, check.exit(), check.err());
        assertEquals("""
                note       app1.test: permissions is held back by ann@home, 3 days ago
                unchanged  app1.test: see what is pending: nothing is
                1 unchanged
                """, check.out());
    }

    @Test
    void statusTellsWhoHoldsWhatSinceWhen() throws IOException {
        patch("001-a.sql");
        at().answering(HAD, held("001-a.sql") + held("entries.0007_x"));

        assertEquals("""
                name       state  when        by
                001-a.sql  held   3 days ago  ann@home
                name            state  when        by
                entries.0007_x  held   3 days ago  ann@home
                """, migrate(patched(), "--status").out());
    }

    @Test
    void itIsReleasedByName() throws IOException {
        patch("001-a.sql");
        at().answering(HAD, held("001-a.sql"));

        var now = migrate(patched(), "--now", "001-a.sql");
        var other = migrate(patched(), "--now", "002.sql");

        assertEquals("changed    app1.test: release 001-a.sql\n1 changed\n", now.out());
        assertEquals("app1.test:\n$ [postgres] database-hold app app release 001-a.sql ME\n", changes());
        assertEquals("unchanged  app1.test: release 002.sql: it is not held back\n1 unchanged\n", other.out());
    }

    @Test
    void whatIsHeldAlreadyStaysWithWhomItWas() throws IOException {
        patch("001-a.sql");
        at().answering(HAD, held("001-a.sql"));

        var launch = migrate(patched(), "--not-yet", "001-a.sql");

        assertEquals("unchanged  app1.test: hold back 001-a.sql: ann@home did, 3 days ago\n1 unchanged\n",
                launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void whatIsAppliedCannotBeHeldBack() throws IOException {
        patch("001-a.sql");
        at().answering(HAD, "patch\tx\t2026-01-01T00:00:00Z\tme\t001-a.sql\n")
                .answering(PLAN, "[X]  entries.0001_initial\n");

        var patch = migrate(patched(), "--not-yet", "001-a.sql");
        var django = migrate(named(), "--not-yet", "entries.0001_initial");

        assertEquals(3, patch.exit());
        assertEquals("db-migrate: app1.test: 001-a.sql is applied already, and cannot be held back\n", patch.err());
        assertEquals(3, django.exit());
        assertEquals("db-migrate: app1.test: entries.0001_initial is applied already, and cannot be held back\n",
                django.err());
        assertEquals("", world.changes());
    }

    @Test
    void aNameThatNothingHasIsRefused() throws IOException {
        patch("001-a.sql");
        at().answering(HAD, "");

        var typo = migrate(patched(), "--not-yet", "001-b.sql");
        var own = migrate(named() + ", db_migrate: ./go", "--not-yet", "entries.0001_initial");

        assertEquals(2, typo.exit());
        assertEquals("db-migrate: --not-yet: there is no patch and no fixture 001-b.sql\n", typo.err());
        assertEquals(2, own.exit());
        assertEquals("db-migrate: --not-yet: entries.0001_initial is no patch and no fixture, and what db_migrate runs"
                + " cannot be held back\n", own.err());
    }

    @Test
    void aMigrationOfTheReleaseThatComesIsHeldBeforeItIsKnown() {
        at().answering(HAD, "").answering(PLAN, "[X]  entries.0001_initial\n");

        var launch = migrate(named(), "--not-yet", "entries.0002_more");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                note       app1.test: the installed release has no entries.0002_more: it is held when it comes
                changed    app1.test: hold back entries.0002_more
                1 changed
                """, launch.out());
    }

    @Test
    void djangoMigratesEachApplicationUpToWhatIsHeldAndWhatNeedsIt() {
        at().answering(HAD, held("entries.0002_more"))
                .answering(PLAN, "[X]  auth.0001_initial\n[ ]  entries.0001_initial\n[ ]  entries.0002_more\n"
                        + "[ ]  entries.0003_last\n[ ]  news.0001_initial\n[ ]  news.0002_linked\n"
                        + "[ ]  shop.0001_initial\n")
                .answering(DEPENDENCIES, """
                        [X]  auth.0001_initial
                        [ ]  entries.0001_initial ... (auth.0001_initial)
                        [ ]  entries.0002_more ... (entries.0001_initial)
                        [ ]  entries.0003_last ... (entries.0002_more)
                        [ ]  news.0001_initial
                        [ ]  news.0002_linked ... (entries.0003_last, news.0001_initial)
                        [ ]  shop.0001_initial ... (entries.0001_initial)
                        """);

        var launch = migrate(named());

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                note       app1.test: entries.0002_more is held back by ann@home, 3 days ago
                note       app1.test: entries.0003_last, news.0002_linked wait for what is held back
                note       app1.test: 3 pending:
                entries.0001_initial
                news.0001_initial
                shop.0001_initial
                changed    app1.test: migrate the database: entries to 0001_initial
                changed    app1.test: migrate the database: news to 0001_initial
                changed    app1.test: migrate the database: shop to 0001_initial
                3 changed
                """, launch.out());
        assertEquals("""
                $ %1$smigrate --noinput entries 0001_initial
                $ %1$smigrate --noinput news 0001_initial
                $ %1$smigrate --noinput shop 0001_initial
                """.formatted(TOOL), changes().replaceAll("(?m)^(\\$ \\[root] journal.*|app1.test:)\n", ""));
    }

    @Test
    void nothingElsePendingMigratesNothing() {
        at().answering(HAD, held("entries.0002_more")).answering(PLAN, "[ ]  entries.0002_more\n")
                .answering(DEPENDENCIES, "[ ]  entries.0002_more\n");

        var launch = migrate(named());

        assertEquals("""
                note       app1.test: entries.0002_more is held back by ann@home, 3 days ago
                unchanged  app1.test: migrate the database: nothing is pending
                1 unchanged
                """, launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void aDatabaseThatDoesNotTellWhatIsHeldIsNotMigrated() {
        at().answering(HAD, 2, "", "no such role\n").answering(PLAN, "[ ]  entries.0002_more\n");

        var launch = migrate(named());

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("no such role"), launch.err());
        assertEquals("", world.changes());
    }

    private void patch(String name) throws IOException {
        Files.writeString(folder.resolve(name), "select 1;\n");
    }

    private static String held(String name) {
        return "held\t\t" + Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS) + "\tann@home\t"
                + name + "\n";
    }

    private String patched() {
        return "hosts: app1.test, remote_path: /usr/share/app, db_name: app, patches: " + folder;
    }

    private static String named() {
        return "hosts: app1.test, remote_path: /usr/share/app, db_name: app";
    }
}
