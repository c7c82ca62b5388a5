package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL files of a project, as db-migrate brings them to the database. */
class DbPatchesTest extends DbMigrating {
    static final String PATCHES = "[postgres] database-patches app app";

    @TempDir
    Path folder;

    @Test
    void patchesComeInOrderOfNameAndBeforeTheFramework() throws IOException {
        patch("002-b.sql", "-- dragonfab: no transaction\ncreate index concurrently i on t (x);\n");
        patch("001-a.sql", "create table t (x text);\n");
        patch("003-c.sql", "select 1;\n");
        had("003-c.sql", "select 1;\n");
        at().answering(PLAN, "[ ]  entries.0001_initial\n");

        var launch = migrate(patched() + ", package_name: app, manage: python3 manage.py");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals(List.of("001-a.sql", "002-b.sql", "entries.0001_initial"),
                launch.out().lines().skip(1).limit(3).toList());
        assertEquals("""
                $ [postgres] database-patch app app whole 001-a.sql SUM ME
                  < create table t (x text);
                $ [postgres] database-patch app app alone 002-b.sql SUM ME
                  < -- dragonfab: no transaction
                  < create index concurrently i on t (x);
                $ %s
                """.formatted(MIGRATE), changes().replaceAll("(?m)^(\\$ \\[root] journal.*|app1.test:)\n", ""));
    }

    @Test
    void withPatchesAloneNoFrameworkIsAsked() throws IOException {
        had("001-a.sql", "select 1;\n");
        patch("001-a.sql", "select 1;\n");

        assertEquals("unchanged  app1.test: migrate the database: nothing is pending\n1 unchanged\n",
                migrate(patched()).out());
    }

    @Test
    void aPatchThatChangedIsRefusedByName() throws IOException {
        had("001-a.sql", "select 1;\n");
        patch("001-a.sql", "select 2;\n");

        var launch = migrate(patched());

        assertEquals(3, launch.exit());
        assertEquals("""
                db-migrate: app1.test: the patch 001-a.sql was changed after it was applied
                try: put the file back and write a new patch
                or: jbang db-migrate@dragonfab staging --fake 001-a.sql
                """, launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void aPatchWhoseFileIsGoneIsAWarning() {
        had("000-gone.sql", "select 1;\n");

        var launch = migrate(patched());

        assertEquals(0, launch.exit());
        assertEquals("warning: app1.test: the patch 000-gone.sql was applied, and its file is gone\n", launch.err());
    }

    @Test
    void aPatchThatFailsFirstLeavesAllAsItWasAndALaterOneDoesNot() throws IOException {
        at().answering(PATCHES, "");
        patch("001-a.sql", "a\n");
        patch("002-b.sql", "b\n");

        at().answering(call("001-a.sql", "a\n"), 3, "", "ERROR:  x\n").answering(call("001-a.sql", "a\n"), "applied\n");
        assertEquals(1, migrate(patched() + ", package_name: app").exit());
        assertTrue(changes().contains("\"state\":\"failed\",\"untouched\":true"), changes());
        at().answering(call("002-b.sql", "b\n"), 3, "", "ERROR:  x\n");
        var second = migrate(patched());

        assertEquals(4, second.exit());
        assertTrue(second.err().endsWith("  ERROR:  x\n"
                + "try: jbang db-migrate@dragonfab staging --status\n"), second.err());
    }

    @Test
    void aPatchThatWasAppliedAlthoughTheWordOfItWasLostIsNotUntouched() throws IOException {
        at().answering(PATCHES, "");
        had("001-a.sql", "a\n");
        patch("001-a.sql", "a\n");
        at().losing(call("001-a.sql", "a\n"), "the connection broke");

        assertEquals(4, migrate(patched() + ", package_name: app").exit());
        assertTrue(changes().contains("\"state\":\"failed\",\"untouched\":false"), changes());
    }

    @Test
    void aDryRunTellsTheNamesAndWithVerboseTheSql() throws IOException {
        at().answering(PATCHES, 2, "", "no such database\n");
        patch("001-a.sql", "create table t (x text);\n");

        var plain = migrate(patched(), "-n").out();
        var verbose = migrate(patched(), "-n", "-v").out();

        assertTrue(plain.contains("planned    app1.test: apply 001-a.sql\n"), plain);
        assertTrue(!plain.contains("create table t (x"), plain);
        assertTrue(verbose.contains("\ncreate table t (x text);\n"), verbose);
        assertEquals("", world.changes());
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void statusListsFilesAndRows() throws IOException {
        at().answering(PATCHES, "patch\t" + Checksum.of("a\n") + "\t" + daysAgo(3) + "\tme\t001-a.sql\n"
                + "patch\tx\t" + daysAgo(2) + "\tme\t002-b.sql\npatch\tx\t" + daysAgo(4) + "\tme\t000-gone.sql\n"
                + "patch\tx\t\tme\t004-d.sql\n");
        for (var name : List.of("001-a.sql", "002-b.sql", "003-ü.sql", "004-d.sql", ".hidden.sql", "note.txt")) {
            patch(name, "a\n");
        }

        assertEquals("""
                name          state       when        by
                000-gone.sql  missing     4 days ago  me
                001-a.sql     applied     3 days ago  me
                002-b.sql     changed     2 days ago  me
                003-ü.sql     pending
                004-d.sql     unfinished              me
                """, migrate(patched(), "--status").out());
        assertEquals("""
                db-migrate: app1.test: the patch 002-b.sql was changed after it was applied
                """, migrate(patched()).err().replaceAll("(?m)^(try|or).*\n", ""));
    }

    @Test
    void fakeMarksThoseThatAreNotApplied() throws IOException {
        at().answering(PATCHES, "patch\tx\t2026-01-02T00:00:00Z\tme\t001-a.sql\npatch\tx\t\tme\t002-b.sql\n");
        for (var name : List.of("001-a.sql", "002-b.sql", "003-c.sql")) {
            patch(name, "a\n");
        }

        migrate(patched(), "--fake", "all");
        assertEquals("""
                app1.test:
                $ [postgres] database-patch app app fake 003-c.sql SUM 'ME (fake)'
                $ [postgres] database-patch app app fake 002-b.sql SUM 'ME (fake)'
                """, changes());
        var unknown = migrate(patched(), "--fake", "004.sql");
        assertEquals(2, unknown.exit());
        assertEquals("db-migrate: --fake: there is no 004.sql in " + folder + "\n", unknown.err());
    }

    private void patch(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void had(String name, String text) {
        at().answering(PATCHES, "patch\t" + Checksum.of(text) + "\t2026-01-01T00:00:00Z\tme@here\t" + name + "\n");
    }

    private String patched() {
        return "hosts: app1.test, db_name: app, patches: " + folder;
    }

    private static String call(String name, String text) {
        return "[postgres] database-patch app app whole " + name + " " + Checksum.of(text) + " " + me();
    }
}
