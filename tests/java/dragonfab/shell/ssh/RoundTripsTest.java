package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a first answer costs where every turn to speak costs the way there and back. */
@OnContainers
@Timeout(60)
@ExtendWith(SshHost.class)
class RoundTripsTest {
    @TempDir
    Path folder;

    @Test
    void theFirstAnswerTakesFiveTurns() throws IOException {
        var user = user();
        try (var away = new FarAway(SshHost.it().address())) {
            through(away, user, "");

            try (var shell = user.connect()) {
                assertEquals("well", shell.read(Command.of("echo", "well")));
                // Who we are; what we can; the key exchange; login and channel; the command.
                assertEquals(5, away.turns());
            }
        }
    }

    @Test
    void aFirstKeyThatIsNotTheRightOneCostsOnlyItsTurn() throws IOException {
        var user = user();
        user.key("other", "ed25519", "");
        try (var away = new FarAway(SshHost.it().address())) {
            through(away, user, "IdentityFile " + user.file("other"));

            try (var shell = user.connect()) {
                assertEquals("well", shell.read(Command.of("echo", "well")));
                // Login again: the second key is offered first, and the channel waits until we are in.
                assertEquals(8, away.turns());
            }
        }
    }

    private SshUser user() throws IOException {
        var user = new SshUser(folder);
        user.knows(22);
        // What is done for the first time may take longer than a silence that counts.
        try (var near = user.connect()) {
            near.read(Command.of("true"));
        }
        return user;
    }

    private static void through(FarAway away, SshUser user, String more) throws IOException {
        user.config("Host *\n  HostName 127.0.0.1\n  Port " + away.port() + "\n  HostKeyAlias "
                + SshHost.it().address() + "\n  " + more);
    }
}
