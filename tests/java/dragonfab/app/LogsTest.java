package dragonfab.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;

class LogsTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__:
                package_name: guestbook
              staging:
                hosts: [app1.test, app2.test]
              named:
                hosts: app1.test
                services: [guestbook.service, guestbook-worker.service]
            """;

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void showsWhatTheUnitsOfThePackageSaidOnEveryTarget() {
        world.at("app1.test").answering("[root] package-logs guestbook 100 all", "one\n");
        world.at("app2.test").answering("[root] package-logs guestbook 100 all", "two\n");

        var launch = logs("staging");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("app1.test: one\napp2.test: two\n",
                String.join("\n", launch.out().lines().sorted().toList()) + "\n");
    }

    @Test
    void asksForTheUnitsOfTheEnvironmentOrOfTheCommandLine() {
        world.at("app1.test")
                .answering("[root] package-logs guestbook 100 all guestbook.service guestbook-worker.service", "both\n")
                .answering("[root] package-logs guestbook 5 follow nginx.service", "web\n");

        assertEquals("both\n", logs("named").out());
        assertEquals("web\n", logs("named", "--lines", "5", "--follow", "--unit", "nginx.service").out());
    }

    @Test
    void asksForRealInADryRun() {
        world.at("app1.test").answering(
                "[root] package-logs guestbook 100 all guestbook.service guestbook-worker.service", "both\n");

        assertEquals("both\n", logs("named", "-n").out());
    }

    @Test
    void saysWhereItFailedAndStillShowsTheOthers() {
        world.at("app1.test").answering("[root] package-logs guestbook 100 all", 1, "",
                "guestbook is not installed here\n");
        world.at("app2.test").answering("[root] package-logs guestbook 100 all", "two\n");

        var launch = logs("staging");

        assertEquals(1, launch.exit());
        assertEquals("app2.test: two\n", launch.out());
        assertTrue(launch.err().contains("app1.test: guestbook is not installed here\n"), launch.err());
        assertTrue(launch.err().contains("logs: app1.test: logs: exit 1\n"), launch.err());
    }

    private Launch logs(String... arguments) {
        return Launch.of(ENVIRONMENTS, "logs", world, arguments);
    }
}
