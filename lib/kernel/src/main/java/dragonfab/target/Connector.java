package dragonfab.target;

import dragonfab.config.Environment;
import dragonfab.config.Host;
import dragonfab.config.Key;
import dragonfab.config.Transport;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.LocalShell;
import dragonfab.shell.Secret;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.Operator;
import dragonfab.shell.ssh.SshSettings;
import dragonfab.shell.ssh.openssh.OpenSshShell;
import dragonfab.shell.ssh.sshj.SshShell;
import dragonfab.shell.ssh.sshj.WarmUp;
import java.nio.file.Path;
import java.time.Duration;

/** Opens shells, and knows the person at the terminal: the real ones, unless a test puts others here. */
public class Connector {

    /** Its targets will be reached soon. */
    public void expect(Environment environment) {
        if (environment.has(Key.HOSTS)) {
            WarmUp.begin();
        }
    }

    /** @param password what sudo asks for, or null */
    Shell here(Path folder, Secret password) {
        return new LocalShell(folder, password);
    }

    public Shell host(Host host, Environment environment) {
        var settings = SshSettings.to(host.user(), host.address(), host.port())
                .named(host.name())
                .within(Duration.ofSeconds(environment.get(Key.CONNECT_TIMEOUT)))
                .identity(environment.get(Key.IDENTITY_FILE))
                .config(environment.get(Key.SSH_CONFIG))
                .sudo(environment.get(Key.SUDO_PASSWORD))
                .among(Math.min(environment.get(Key.PARALLEL), environment.targets().size()));
        return environment.get(Key.TRANSPORT) == Transport.OPENSSH ? OpenSshShell.connect(settings)
                : SshShell.connect(settings);
    }

    Shell container(Shell holder, String name) {
        return new ContainerShell(holder, name);
    }

    public Operator person() {
        return Operator.atTerminal();
    }
}
