package dragonfab.shell.ssh.sshj;

import dragonfab.lab.FarPlace;
import dragonfab.lab.FarShellContract;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A host behind a connection of our own. */
@OnContainers
class SshShellTest implements FarShellContract {
    private static FarPlace place;

    @BeforeAll
    static void start() throws IOException {
        place = FarPlace.host(SshShell::connect);
    }

    @AfterAll
    static void stop() {
        place.close();
    }

    @Override
    public FarPlace place() {
        return place;
    }
}
