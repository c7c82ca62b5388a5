package dragonfab.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;

class ManageTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__:
                package_name: guestbook
              staging:
                hosts: [app1.test, app2.test]
              other:
                hosts: app1.test
                manage: guestbook-manage --traceback
                remote_path: /srv/guestbook
                app_user: guestbook
                app_env: {KEY: "top secret", LANGUAGE: "mi"}
            """;
    static final String MIGRATE = "[www-data] app-command - /usr/share/guestbook 'python3 manage.py' migrate --noinput";

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void runsManagePyOnTheFirstTargetAlone() {
        world.at("app1.test").answering(MIGRATE, "Applying 0001... OK\n");

        var launch = manage("staging", "--", "migrate", "--noinput");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("Applying 0001... OK\n", launch.out());
        assertEquals("app1.test:\n$ " + MIGRATE + "\n", world.changes());
    }

    @Test
    void takesTheToolFolderUserAndVariablesOfTheEnvironment() {
        manage("other", "--", "check");

        assertEquals("""
                $ [guestbook] app-command - /srv/guestbook 'guestbook-manage --traceback' check
                  < export KEY=***
                  < export LANGUAGE=***
                """, world.at("app1.test").changes());
    }

    @Test
    void handsTheTerminalOverWhenSomebodySitsThere() {
        world.person(true).at("app1.test").answering("[www-data] app-lend", "/tmp/tmp.x\n");

        var launch = manage("staging", "--", "createsuperuser");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("tty [www-data] app-command /tmp/tmp.x /usr/share/guestbook 'python3 manage.py' createsuperuser\n",
                world.at("app1.test").changes());
    }

    @Test
    void onlyTellsInADryRun() {
        var launch = manage("staging", "-n", "--", "flush");

        assertEquals(0, launch.exit());
        assertEquals("", world.changes());
        assertTrue(launch.out().startsWith("planned    app1.test: manage flush\n"), launch.out());
    }

    @Test
    void saysWhereItFailedAndHow() {
        world.at("app1.test").answering(MIGRATE, 3, "", "no such table\n");

        var launch = manage("staging", "--", "migrate", "--noinput");

        assertEquals(1, launch.exit());
        assertEquals("no such table\nmanage: app1.test: manage migrate --noinput: exit 3\n", launch.err());
    }

    private Launch manage(String... arguments) {
        return Launch.of(ENVIRONMENTS, "manage", world, arguments);
    }
}
