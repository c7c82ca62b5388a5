package dragonfab.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only shows something makes no container for that, and starts none. */
class ReadingScriptsTest {
    private static final String ENVIRONMENTS = """
            environments:
              lab: {lxc: shop-lxc, package_name: shop, db_name: shop, db_migrate: patches}
            """;
    private static final String STATE = "[root] lxc-info -n shop-lxc -sH";

    final ScriptedConnector world = new ScriptedConnector();

    @ParameterizedTest
    @ValueSource(strings = {"status", "status --follow", "releases", "logs", "logs --follow", "web-mode status",
        "db-migrate --status", "db-migrate --check"})
    void aContainerStaysAsItIs(String line) {
        var words = line.split(" ");
        world.here().answering(STATE, 1, "", "shop-lxc doesn't exist\n").answering(STATE, "STOPPED\n");

        var missing = launch(words);
        var stopped = launch(words);

        assertEquals(1, missing.exit(), missing.err());
        assertTrue(missing.err().contains("local: there is no container shop-lxc\ntry: jbang lxc@dragonfab lab create"),
                missing.err());
        assertEquals(1, stopped.exit(), stopped.err());
        assertTrue(stopped.err().contains("local: shop-lxc is STOPPED\ntry: jbang lxc@dragonfab lab start"),
                stopped.err());
        assertEquals("", world.changes());
    }

    /** Where nobody can become root, nobody was asked: that is not "no LXC", nor "no container". */
    @Test
    void aMachineWithoutSudoSaysSo(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("environments.yml"), ENVIRONMENTS);

        var status = Cli.in(folder).with("PATH", "/nowhere").with("JAVA_TOOL_OPTIONS", "-Duser.name=ann")
                .run("status", "lab");

        assertEquals(3, status.exit(), status.toString());
        assertTrue(status.err().contains("status: local: there is no sudo here for ann, and [root] lxc-info -n shop-lxc"
                + " -sH takes another user\ntry: install sudo, or run this as root\n"), status.err());
    }

    private Launch launch(String... words) {
        var script = words[0];
        var arguments = words.clone();
        arguments[0] = "lab";
        return Launch.of(ENVIRONMENTS, script, world, arguments);
    }
}
