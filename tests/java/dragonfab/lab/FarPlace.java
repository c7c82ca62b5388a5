package dragonfab.lab;

import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.SshSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A host behind SSH, or a container on it, with a server of its own; what was opened is closed with it. */
public final class FarPlace implements AutoCloseable {
    private final SshServer server = SshServer.start();
    private final List<Shell> hosts = new ArrayList<>();
    private final Function<SshSettings, Shell> connect;
    private final String container;
    private final Shell shell;

    private FarPlace(Function<SshSettings, Shell> connect, String container) throws IOException {
        this.connect = connect;
        this.container = container;
        this.shell = open();
    }

    public static FarPlace host(Function<SshSettings, Shell> connect) throws IOException {
        return new FarPlace(connect, null);
    }

    public static FarPlace container(Function<SshSettings, Shell> connect) throws IOException {
        Lab.container("far");
        return new FarPlace(connect, "far");
    }

    SshServer server() {
        return server;
    }

    Shell shell() {
        return shell;
    }

    /** A connection of its own to the same place. */
    Shell open() {
        var host = connect.apply(server.settings());
        hosts.add(host);
        return container == null ? host : new ContainerShell(host, Lab.PREFIX + container);
    }

    @Override
    public void close() {
        hosts.forEach(Shell::close);
        server.close();
        if (container != null) {
            Lab.remove(container);
        }
    }
}
