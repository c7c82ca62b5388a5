package dragonfab.shell.ssh.sshj;

import dragonfab.lab.FarPlace;
import dragonfab.lab.FarShellContract;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A container behind a connection of our own: two shells, one round the other. */
@OnContainers
class RemoteContainerShellTest implements FarShellContract {
    private static FarPlace place;

    @BeforeAll
    static void start() throws IOException {
        place = FarPlace.container(SshShell::connect);
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
