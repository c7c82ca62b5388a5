package dragonfab.lab;

import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.SshSettings;
import dragonfab.shell.ssh.SshShell;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A container behind SSH: two shells, one round the other. */
@OnContainers
class RemoteContainerShellTest implements ShellContract {
    private static SshServer server;
    private static Shell holder;
    private static Shell inside;

    @BeforeAll
    static void start() throws IOException {
        Lab.container("far");
        server = SshServer.start();
        holder = SshShell.connect(SshSettings.to(null, "holder", 0).config(server.config()));
        inside = new ContainerShell(holder, Lab.PREFIX + "far");
    }

    @AfterAll
    static void remove() {
        holder.close();
        server.close();
        Lab.remove("far");
    }

    @Override
    public Shell shell() {
        return inside;
    }
}
