package dragonfab.shell.ssh.openssh;

import dragonfab.lab.FarPlace;
import dragonfab.lab.FarShellContract;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A container behind the system's ssh. */
@OnContainers
class RemoteContainerOpenSshTest implements FarShellContract {
    private static FarPlace place;

    @BeforeAll
    static void start() throws IOException {
        place = FarPlace.container(OpenSshShell::connect);
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
