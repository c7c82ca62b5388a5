package dragonfab.lab;

import dragonfab.shell.Shell;
import dragonfab.shell.ssh.SshShell;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A host behind a connection of our own. */
@OnContainers
class SshShellTest implements FarShellContract {
    private static SshServer server;
    private static Shell shell;

    @BeforeAll
    static void start() throws IOException {
        server = SshServer.start();
        shell = open();
    }

    @AfterAll
    static void stop() {
        shell.close();
        server.close();
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
        return SshShell.connect(server.settings());
    }
}
