package dragonfab.lab;

import dragonfab.shell.Shell;
import dragonfab.shell.ssh.SshSettings;
import dragonfab.shell.ssh.SshShell;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnContainers
class SshShellTest implements ShellContract {
    private static SshServer server;
    private static Shell host;

    @BeforeAll
    static void start() throws IOException {
        server = SshServer.start();
        host = SshShell.connect(SshSettings.to(null, "holder", 0).config(server.config()));
    }

    @AfterAll
    static void stop() {
        host.close();
        server.close();
    }

    @Override
    public Shell shell() {
        return host;
    }
}
