package dragonfab.database.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DbMigrateTest extends DbMigrating {

    @Test
    void showsWhatIsPendingMigratesAndWritesItDown() {
        at().answering(PLAN, "[X]  auth.0001_initial\n[ ]  entries.0001_initial\n[ ]  entries.0002_more\n");

        var launch = migrate("hosts: app1.test, package_name: app");

        assertEquals("""
                note       app1.test: 2 pending:
                entries.0001_initial
                entries.0002_more
                changed    app1.test: migrate the database
                1 changed
                """, launch.out() + launch.err());
        assertEquals("""
                app1.test:
                $ [root] journal-append /var/lib/dragonfab/app '{"event":"migration","id":"ID","at":"AT","by":"ME",\
                "state":"begun","untouched":false,"pending":["entries.0001_initial","entries.0002_more"]}'
                $ %s
                $ [root] journal-append /var/lib/dragonfab/app '{"event":"migration","id":"ID","at":"AT","by":"ME",\
                "state":"finished","untouched":false,"pending":["entries.0001_initial","entries.0002_more"]}'
                """.formatted(MIGRATE), changes());
    }

    @Test
    void ofManyPendingOnesTheFirstAreShownWithTheCountOfTheOthers() {
        var names = IntStream.range(100, 343).mapToObj(i -> "entries.0" + i).toList();
        at().answering(PLAN, names.stream().map(name -> "[ ]  " + name + "\n").collect(Collectors.joining()));

        var shown = migrate("hosts: app1.test, package_name: app", "--check").out();
        var all = migrate("hosts: app1.test, package_name: app", "--check", "-v").out();
        var json = migrate("hosts: app1.test, package_name: app", "--check", "--json").out();

        assertEquals("note       app1.test: 243 pending:\n" + String.join("\n", names.subList(0, 10))
                + "\n... and 233 more (-v shows all)\n", shown);
        assertTrue(all.contains("\nentries.0342\n"), all);
        assertTrue(json.contains("\"entries.0342\""), json);
        assertFalse(json.contains("more"), json);
    }

    @Test
    void hasNothingToDoWhereNothingIsPending() {
        at().answering(PLAN, "[X]  auth.0001_initial\n");

        var launch = migrate("hosts: app1.test, package_name: app");

        assertEquals("unchanged  app1.test: migrate the database: nothing is pending\n1 unchanged\n", launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void runsOnceFromTheFirstOfSeveralHostsAndSaysSo() {
        at().answering(PLAN, "[ ]  entries.0001_initial\n");

        var launch = migrate("hosts: [app1.test, app2.test], remote_path: /usr/share/app");

        assertEquals("""
                note       app1.test: one of 2 targets migrates for all, and it is this one
                note       app1.test: 1 pending:
                app1.test: entries.0001_initial
                changed    app1.test: migrate the database
                1 changed
                """, launch.out() + launch.err());
        assertEquals("app1.test:\n$ " + MIGRATE + "\n", world.changes());
    }

    @Test
    void aCheckShowsAndEndsWithOneWhenSomethingIsPending() {
        at().answering(PLAN, "[ ]  entries.0001_initial\n").answering(PLAN, "[X]  entries.0001_initial\n");

        var pending = migrate("hosts: app1.test, package_name: app", "--check");
        var none = migrate("hosts: app1.test, package_name: app", "--check");

        assertEquals(1, pending.exit());
        assertEquals("note       app1.test: 1 pending:\nentries.0001_initial\n", pending.out());
        assertEquals("db-migrate: app1.test: 1 pending\ntry: jbang db-migrate@dragonfab staging\n", pending.err());
        assertEquals(0, none.exit());
        assertEquals("", world.changes());
    }

    @Test
    void asksTheCommandOfTheEnvironmentWhatIsPending() {
        var own = "hosts: app1.test, package_name: app, db_migrate: ./go, db_migrate_pending: ./what";
        at().answering("[www-data] app-command - /usr/share/app ./what", "one\n\n").answering(
                "[www-data] app-command - /usr/share/app ./what", "");

        assertTrue(migrate(own).out().contains("1 pending:\none\nchanged    app1.test: migrate the database: ./go\n"));
        assertTrue(migrate(own).out().startsWith("unchanged "));
    }

    @Test
    void anOwnCommandThatCannotTellRunsEachTimeAndHasNoCheck() {
        var own = "hosts: app1.test, remote_path: /usr/share/app, db_migrate: ./go";

        assertEquals("changed    app1.test: migrate the database: ./go\n1 changed\n", migrate(own).out());
        var check = migrate(own, "--check");

        assertEquals(2, check.exit());
        assertEquals("db-migrate: environments.yml: staging: with db_migrate, --check needs db_migrate_pending\n",
                check.err());
    }

    @Test
    void aMigrationThatFailsNeedsAPersonAndIsWrittenDown() {
        at().answering(PLAN, "[ ]  entries.0001_initial\n").answering(MIGRATE, 1, "", "no such column\n");

        var launch = migrate("hosts: app1.test, package_name: app");

        assertEquals(4, launch.exit());
        assertTrue(launch.err()
                .contains("no such column\ntry: jbang db-migrate@dragonfab staging --check\nthen: correct it, and\n"
                        + "then: jbang db-migrate@dragonfab staging\n"),
                launch.err());
        assertTrue(changes().contains("\"state\":\"failed\",\"untouched\":false"), changes());
    }

    @Test
    void whatIsPendingCannotBeToldIsAFailure() {
        at().answering(PLAN, 1, "", "no database\n");

        var launch = migrate("hosts: app1.test, package_name: app");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().startsWith("db-migrate: app1.test: what is pending is unknown: exit 1\n"),
                launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void aDryRunGoesOnWhereTheApplicationIsNotThereYet() {
        at().answering(PLAN, 1, "", "there is no folder\n");

        var launch = migrate("hosts: app1.test, package_name: app", "-n");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("planned    app1.test: migrate the database\n"), launch.out());
        assertEquals("", world.changes());
    }
}
