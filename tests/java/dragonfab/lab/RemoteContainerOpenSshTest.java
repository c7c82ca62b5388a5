package dragonfab.lab;

import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.OpenSshShell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A container behind the system's ssh. */
@OnContainers
class RemoteContainerOpenSshTest implements FarShellContract {
    private static final List<Shell> HOLDERS = new ArrayList<>();
    private static SshServer server;
    private static Shell shell;

    @BeforeAll
    static void start() throws IOException {
        Lab.container("far");
        server = SshServer.start();
        shell = open();
    }

    @AfterAll
    static void stop() {
        HOLDERS.forEach(Shell::close);
        server.close();
        Lab.remove("far");
    }

    @Override
    public Shell shell() {
        return shell;
    }

    @Override
    public SshServer server() {
        return server;
    }

    @Override
    public Shell another() {
        return open();
    }

    private static Shell open() {
        HOLDERS.add(OpenSshShell.connect(server.settings()));
        return new ContainerShell(HOLDERS.get(HOLDERS.size() - 1), Lab.PREFIX + "far");
    }
}
