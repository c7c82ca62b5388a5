package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data files of a project, as db-migrate loads them once. */
class DbFixturesTest extends DbMigrating {
    private static final String FAILED = "CommandError: bad\nnothing of it was loaded\n";

    @TempDir
    Path folder;

    @BeforeEach
    void anApplicationThatIsMigrated() {
        at().answering(PLAN, "[X]  entries.0001_initial\n");
    }

    @Test
    void fixturesComeLastInTheirOrderAndAreWrittenDown() throws IOException {
        write("z.sql", "insert into t values (1);\n");
        write("a.json", "[]\n");
        at().answering(HAD, "").answering("[www-data] app-command - /usr/share/app manage showmigrations --plan",
                "[ ]  entries.0002_more\n");

        var launch =
                migrate(keys("manage: manage, fixtures: [" + folder + "/z.sql, " + folder + "/a.json, permissions]"));

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                $ [www-data] app-command - /usr/share/app manage migrate --noinput
                $ [postgres] database-patch app app whole DIR/z.sql SUM ME fixture
                  < insert into t values (1);
                $ [postgres] database-patch app app begin DIR/a.json SUM ME fixture
                $ [www-data] app-fixture /usr/share/app manage 0 3 a.json
                  < file a.json
                $ [postgres] database-patch app app finish DIR/a.json SUM ME fixture
                $ [postgres] database-patch app app begin permissions label ME fixture
                $ [www-data] app-fixture /usr/share/app manage 0 - permissions
                $ [postgres] database-patch app app finish permissions label ME fixture
                """, steps());
        assertEquals(List.of("entries.0002_more", "DIR/z.sql", "DIR/a.json", "permissions"), launch.out()
                .replace(folder.toString(), "DIR").lines().skip(1).limit(4).toList());
    }

    @Test
    void theVariablesComeBeforeTheFile() throws IOException {
        write("a.json", "[]\n");

        at().answering(HAD, "");
        migrate(keys("fixtures: [" + folder + "/a.json], app_env: {A: 'x y', B: \"two\\nlines\"}"));

        assertTrue(steps().contains("""
                $ [www-data] app-fixture /usr/share/app 'python3 manage.py' 3 3 a.json
                """), steps());
    }

    @Test
    void whatIsLoadedIsNotLoadedAgain() throws IOException {
        write("a.json", "[]\n");
        had("a.json", "[]\n");

        var launch = migrate(keys("fixtures: [" + folder + "/a.json]"));

        assertEquals("unchanged  app1.test: migrate the database: nothing is pending\n1 unchanged\n", launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void oneThatChangedIsNamedAndLeftAlone() throws IOException {
        write("a.json", "[1]\n");
        had("a.json", "[]\n");

        var launch = migrate(keys("fixtures: [" + folder + "/a.json]"));

        assertEquals(0, launch.exit());
        assertEquals("warning: app1.test: the fixture DIR/a.json was changed after it was loaded, and is not loaded"
                + " again: give it a new name to load it, or take it as it is with jbang db-migrate@dragonfab staging"
                + " --fake DIR/a.json\n", launch.err().replace(folder.toString(), "DIR").replaceFirst(" -f \\S+", ""));
        assertEquals("", world.changes());
    }

    @Test
    void oneThatFailsIsForgottenAndNothingWasTouched() throws IOException {
        write("a.json", "[]\n");
        at().answering(HAD, "");
        at().answering(load("a.json"), 1, "", FAILED);

        var launch = migrate(keys("fixtures: [" + folder + "/a.json]"));

        assertEquals(1, launch.exit(), launch.err());
        assertTrue(launch.err().contains("CommandError: bad\n"), launch.err());
        assertTrue(steps().endsWith("$ [postgres] database-patch app app forget DIR/a.json SUM ME fixture\n"), steps());
        assertTrue(changes().contains("\"state\":\"failed\",\"untouched\":true"), changes());
    }

    @Test
    void oneThatFailsBehindAnotherNeedsAPerson() throws IOException {
        write("a.sql", "select 1;\n");
        write("b.json", "[]\n");
        at().answering(HAD, "");
        at().answering(load("b.json"), 1, "", FAILED);

        var launch = migrate(keys("fixtures: [" + folder + "/a.sql, " + folder + "/b.json]"));

        assertEquals(4, launch.exit());
        assertTrue(launch.err().endsWith("try: jbang db-migrate@dragonfab staging --status\n"), launch.err());
    }

    @Test
    void oneThatWasCutOffStaysBegunAndIsRefusedFromThenOn() throws IOException {
        write("a.json", "[]\n");
        at().answering(HAD, "").answering(HAD, "fixture\tx\t\tme\t" + folder + "/a.json\n");
        at().losing(load("a.json"), "the connection broke");

        var lost = migrate(keys("fixtures: [" + folder + "/a.json]"));
        assertTrue(!changes().contains(" forget "), changes());
        assertEquals(4, lost.exit());
        var next = migrate(keys("fixtures: [" + folder + "/a.json]"));

        assertEquals(3, next.exit(), next.err());
        assertEquals("""
                db-migrate: app1.test: the fixture DIR/a.json was begun, and nobody knows whether it was loaded
                try: look whether its rows are there, and give it a new name when they are not
                or: jbang db-migrate@dragonfab staging --fake DIR/a.json
                """, next.err().replace(folder.toString(), "DIR"));
    }

    @Test
    void aCheckADryRunAndTheStatusShowThemAsPending() throws IOException {
        write("a.json", "[]\n");
        at().answering(HAD, "");
        var keys = keys("fixtures: [" + folder + "/a.json, permissions]");

        var check = migrate(keys, "--check");
        var dry = migrate(keys, "-n").out().replace(folder.toString(), "DIR");

        assertEquals(1, check.exit());
        assertEquals("db-migrate: app1.test: 2 pending\ntry: jbang db-migrate@dragonfab staging\n", check.err());
        assertTrue(dry.contains("planned    app1.test: load DIR/a.json\n"), dry);
        assertTrue(dry.contains("planned    app1.test: load permissions\n"), dry);
        var status = migrate(keys, "--status").out();
        assertTrue(status.matches("(?s)name +state .*a.json +pending\\s+permissions +pending\\s+"), status);
        assertEquals("", world.changes());
    }

    @Test
    void fakeWritesOneDownWithoutLoadingIt() throws IOException {
        write("a.json", "[]\n");

        at().answering(HAD, "");
        assertEquals(0, migrate(keys("fixtures: [" + folder + "/a.json]"), "--fake", folder + "/a.json").exit());
        assertEquals("$ [postgres] database-patch app app fake DIR/a.json SUM 'ME (fake)' fixture\n", steps());
    }

    @Test
    void whatCannotBeFoundOrToldApartIsAUsageError() throws IOException {
        write("001.sql", "select 1;\n");

        assertEquals("db-migrate: environments.yml: fixtures: there is no file DIR/none.json\n",
                usage("fixtures: [" + folder + "/none.json]"));
        assertEquals("db-migrate: environments.yml: fixtures: there is no file none.sql\n",
                usage("fixtures: [none.sql]"));
        assertEquals("db-migrate: environments.yml: fixtures: permissions stands there twice\n",
                usage("fixtures: [permissions, permissions]"));
        assertTrue(usage("fixtures: [--database=other]").contains("fixtures"), usage("fixtures: [--x]"));
    }

    private String usage(String keys) {
        var launch = migrate(keys(keys));
        assertEquals(2, launch.exit(), launch.err());
        return launch.err().replace(folder.toString(), "DIR");
    }

    private String keys(String more) {
        return "hosts: app1.test, package_name: app, db_name: app, " + more;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void had(String name, String text) {
        at().answering(HAD, "fixture\t" + Checksum.of(text) + "\t2026-01-01T00:00:00Z\tme@here\t" + folder + "/"
                + name + "\n");
    }

    private static String load(String name) {
        return "[www-data] app-fixture /usr/share/app 'python3 manage.py' 0 3 " + name;
    }

    /** What was done to application and database. */
    private String steps() {
        return changes().replace(folder.toString(), "DIR")
                .replaceAll("(?m)^(\\$ \\[root] journal.*|app1.test:)\n", "");
    }
}
