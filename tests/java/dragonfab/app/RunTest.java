package dragonfab.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class RunTest {
    static final String ENVIRONMENTS = """
            environments:
              staging:
                hosts: [app1.test, app2.test]
              single:
                hosts: app1.test
            """;

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void bringsEachHostsLinesBehindItsName() {
        world.at("app1.test").answering("sh -c uptime sh", "up 3 days\n");
        world.at("app2.test").answering("sh -c uptime sh", 0, "up 5 days\n", "a word on the side\n");

        var launch = run("staging", "--", "uptime");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("app1.test: up 3 days\napp2.test: up 5 days\n", sorted(launch.out()));
        assertEquals("app2.test: a word on the side\n", launch.err());
    }

    @Test
    void takesOneWordForALineOfTheShellAndSeveralToTheLetter() {
        run("single", "--", "uptime; df");
        run("single", "--", "echo", "a b", "$HOME", "@file");

        assertEquals("""
                $ sh -c 'uptime; df' sh
                $ echo 'a b' '$HOME' @file
                """, world.at("app1.test").changes());
    }

    @Test
    void runsAsRootOrAsSomebodyElseButNotAsBoth() {
        run("single", "--sudo", "--", "id");
        run("single", "--user", "postgres", "--", "id");

        assertEquals("$ [root] sh -c id sh\n$ [postgres] sh -c id sh\n", world.at("app1.test").changes());
        assertEquals(2, run("single", "--sudo", "--user", "postgres", "--", "id").exit());
    }

    @Test
    void givesEveryHostAllOfTheInput() {
        var real = System.in;
        System.setIn(new ByteArrayInputStream("some\ntext".getBytes()));
        try {
            run("staging", "--stdin", "--", "wc");
        } finally {
            System.setIn(real);
        }

        assertTrue(world.at("app1.test").changes().matches("\\$ sh -c wc sh\n  < file dragonfab-.*\n"));
        assertTrue(world.at("app2.test").changes().matches("\\$ sh -c wc sh\n  < file dragonfab-.*\n"));
    }

    @Test
    void onlyTellsInADryRun() {
        var launch = run("staging", "-n", "--stdin", "--", "reboot", "now");

        assertEquals(0, launch.exit());
        assertEquals("", world.changes());
        assertTrue(launch.out().contains("planned    app1.test: reboot now\n  reboot now\n"), launch.out());
        assertTrue(launch.out().contains("2 planned"), launch.out());
    }

    @Test
    void namesEachHostWhereItFailedAndTheCode() {
        world.at("app1.test").answering("sh -c false sh", 7, "", "it broke\n");
        world.at("app2.test").losing("sh -c false sh", "connection lost");

        var launch = run("staging", "--", "false");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("app1.test: it broke\n"), launch.err());
        assertTrue(launch.err().contains("run: app1.test: false: exit 7\n"), launch.err());
        assertTrue(launch.err().contains("run: app2.test: connection lost\n"), launch.err());
    }

    @Test
    void needsACommand() {
        assertEquals(2, run("staging").exit());
    }

    private Launch run(String... arguments) {
        return Launch.of(ENVIRONMENTS, "run", world, arguments);
    }

    private static String sorted(String text) {
        return String.join("\n", text.lines().sorted().toList()) + "\n";
    }
}
