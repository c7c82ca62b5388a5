package dragonfab.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;

class ShellTest {
    static final String ENVIRONMENTS = """
            environments:
              staging:
                hosts: [app1.test, app2.test]
            """;
    static final String LOGIN = "sh -c 'cd; exec \"$(getent passwd \"$(id -un)\" | cut -d: -f7)\" -l' sh";

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void opensAShellOnTheFirstTargetOrTheNamedOne() {
        world.person(true);

        assertEquals(0, shell("staging").exit());
        assertEquals(0, shell("staging", "--host", "app2.test").exit());

        assertEquals("app1.test:\ntty " + LOGIN + "\napp2.test:\ntty " + LOGIN + "\n", world.changes());
    }

    @Test
    void doesNotMindHowTheShellEnded() {
        world.person(true).at("app1.test").answering(LOGIN, 1, "");

        assertEquals(0, shell("staging").exit());
    }

    @Test
    void saysThatTheConnectionWasLost() {
        world.person(true).at("app1.test").answering(LOGIN, 255, "");

        var launch = shell("staging");

        assertEquals(1, launch.exit());
        assertEquals("shell: app1.test: the connection was lost: ssh ended with 255\n", launch.err());
    }

    @Test
    void needsATerminal() {
        var launch = shell("staging");

        assertEquals(2, launch.exit());
        assertEquals("""
                shell: local: a shell needs a terminal
                try: jbang run@dragonfab staging --help
                """, launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void onlyTellsInADryRun() {
        var launch = shell("staging", "-n");

        assertEquals(0, launch.exit());
        assertTrue(launch.out().startsWith("planned    app1.test: open a shell\n"), launch.out());
        assertEquals("", world.changes());
    }

    private Launch shell(String... arguments) {
        return Launch.of(ENVIRONMENTS, "shell", world, arguments);
    }
}
