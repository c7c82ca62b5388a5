package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.config.Environment;
import dragonfab.config.Environments;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pip gets the login to an index in a file; no argument has it. */
class WheelServerTest {
    @TempDir
    Path folder;

    @Test
    void theLoginIsNotInTheAddress() throws IOException {
        var server = WheelServer.of(with("https://user:${cmd:echo p0is0n%40%2F}@wheels.test:8443/simple/"));

        assertEquals("https://wheels.test:8443/simple/", server.index());
        assertEquals("machine wheels.test login user password p0is0n@/", server.login().reveal());
    }

    @Test
    void withoutOneNothingIsDifferent() throws IOException {
        assertEquals(new WheelServer("https://wheels.test/a@b", null), WheelServer.of(with("https://wheels.test/a@b")));
        assertNull(WheelServer.of(with("https://wheels.test/")).login());
    }

    @Test
    void aSecretElsewhereIsRefused() throws IOException {
        var environment = with("https://wheels.test/${cmd:echo p0is0n%40%2F}/");

        var failure = assertThrows(Failure.class, () -> WheelServer.of(environment));
        assertEquals(Exit.USAGE, failure.exit());
        assertEquals("staging.wheelserver: a secret may stand only in its login: every user of the machine that builds"
                + " can read the rest", failure.getMessage());
    }

    private Environment with(String server) throws IOException {
        var file = Files.writeString(folder.resolve("environments.yml"),
                "environments: {staging: {wheelserver: \"" + server + "\"}}\n");
        return Environments.load(file).environment("staging", Map.of());
    }
}
