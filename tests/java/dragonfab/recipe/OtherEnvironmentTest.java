package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Key;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** A second environment in a run is reached, and nothing of it is made, started or changed by --set. */
class OtherEnvironmentTest {
    private static final String STATE = "[root] lxc-info -n shop-old -sH";
    private static final String FILE = """
            environments:
              new: {lxc: shop-new, db_name: new}
              old: {lxc: shop-old, db_name: old}
              far: {hosts: [app1.example.com]}
              none: {db_name: none}
            """;

    private final ScriptedConnector world = new ScriptedConnector();

    @Test
    void theFirstTargetAnswersAsItIs() {
        world.here().answering(STATE, "RUNNING\n");
        world.at("shop-old").answering("hostname", "shop-old\n");

        assertEquals(0, launch("old", "--set", "db_name=other").exit());
        assertEquals("", world.changes());
    }

    @Test
    void aHostNeedsNoState() {
        world.at("app1.example.com").answering("hostname", "app1\n");

        assertEquals(0, launch("far").exit());
    }

    @Test
    void aContainerThatIsNotThereIsAFailure() {
        world.here().answering(STATE, 1, "", "shop-old doesn't exist\n");
        var launch = launch("old");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("local: there is no container shop-old"), launch.err());
        assertEquals("", world.changes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sudo: a password is required", "Failed to create lock for shop-old"})
    void oneThatNobodyCouldBeAskedForIsNotMissing(String words) {
        world.here().answering(STATE, 1, "", words + "\n");
        var launch = launch("old");

        assertEquals(1, launch.exit());
        assertEquals("local: lxc-info does not say whether there is such a container\n  " + words,
                launch.err().strip().replaceFirst("^[a-z-]+: ", ""));
    }

    @Test
    void aContainerThatIsStoppedStaysSo() {
        world.here().answering(STATE, "STOPPED\n");
        var launch = launch("old");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("local: shop-old is STOPPED"), launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void anEnvironmentWithoutTargetsIsAUsageError() {
        assertEquals(2, launch("none").exit());
    }

    private Launch launch(String other, String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of("new", other));
        words.addAll(java.util.List.of(options));
        return Launch.of(FILE, new Asking(), world, words.toArray(String[]::new));
    }

    @Command(name = "asking")
    static class Asking extends EnvironmentScript {
        @picocli.CommandLine.Parameters(index = "1")
        private String other;

        @Override
        protected void steps(Run run) {
            var environment = run.other(other);
            run.places().firstOf(environment).read(dragonfab.shell.Command.of("hostname"));
            assertEquals("old", environment.find(Key.DB_NAME).orElse("old"));
        }
    }
}
