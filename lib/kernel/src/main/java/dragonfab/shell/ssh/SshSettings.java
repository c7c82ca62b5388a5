package dragonfab.shell.ssh;

import dragonfab.shell.Secret;
import dragonfab.shell.Shell;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to reach one host; what is left open here is as the user's own ssh configuration says.
 *
 * @param name           what people read; see {@link Shell#where()}
 * @param address        a host name, an IP address, or an alias of ~/.ssh/config
 * @param user           null: as the configuration says
 * @param port           0: as the configuration says
 * @param identityFile   the one private key to use; null: as the configuration says
 * @param configFile     read in place of ~/.ssh/config and the system's file; null: both of these
 * @param connectTimeout null: as the configuration says, or 10 seconds
 * @param aliveInterval  the silence after which the host is asked whether it lives; null: as the
 *                       configuration says, or 15 seconds
 * @param aliveCount     how many such questions may stay unanswered; 0: as the configuration says, or 3
 * @param sudoPassword   null when sudo asks for none
 * @param neighbours     how many connections there may be at once, this one among them, that share our memory
 */
public record SshSettings(String name, String address, String user, int port, Path identityFile,
        Path configFile, Duration connectTimeout, Duration aliveInterval, int aliveCount, Secret sudoPassword,
        Operator person, int neighbours) {
    private static final long MOST = 16 << 20;
    private static final long LEAST = 2 << 20;
    private static final long TOGETHER = 64 << 20;

    public SshSettings {
        if (address.isBlank() || address.startsWith("-")) {
            throw new IllegalArgumentException("not an address: " + address);
        }
    }

    /** As {@code ssh -p PORT USER@ADDRESS} would. */
    public static SshSettings to(String user, String address, int port) {
        var name = (user == null ? "" : user + "@") + address + (port == 0 ? "" : ":" + port);
        return new SshSettings(name, address, user, port, null, null, null, null, 0, null,
                Operator.atTerminal(), 1);
    }

    public SshSettings named(String name) {
        return new SshSettings(name, address, user, port, identityFile, configFile,
                connectTimeout, aliveInterval, aliveCount, sudoPassword, person, neighbours);
    }

    public SshSettings identity(Path file) {
        return new SshSettings(name, address, user, port, file, configFile,
                connectTimeout, aliveInterval, aliveCount, sudoPassword, person, neighbours);
    }

    public SshSettings config(Path file) {
        return new SshSettings(name, address, user, port, identityFile, file,
                connectTimeout, aliveInterval, aliveCount, sudoPassword, person, neighbours);
    }

    public SshSettings within(Duration connectTimeout) {
        return new SshSettings(name, address, user, port, identityFile, configFile,
                connectTimeout, aliveInterval, aliveCount, sudoPassword, person, neighbours);
    }

    public SshSettings alive(Duration interval, int count) {
        return new SshSettings(name, address, user, port, identityFile, configFile,
                connectTimeout, interval, count, sudoPassword, person, neighbours);
    }

    public SshSettings sudo(Secret password) {
        return new SshSettings(name, address, user, port, identityFile, configFile,
                connectTimeout, aliveInterval, aliveCount, password, person, neighbours);
    }

    public SshSettings answeredBy(Operator person) {
        return new SshSettings(name, address, user, port, identityFile, configFile,
                connectTimeout, aliveInterval, aliveCount, sudoPassword, person, neighbours);
    }

    /** One of so many connections at the same time. */
    public SshSettings among(int neighbours) {
        return new SshSettings(name, address, user, port, identityFile, configFile,
                connectTimeout, aliveInterval, aliveCount, sudoPassword, person, neighbours);
    }

    /**
     * How much may come that nobody has read yet: at a distance much of it makes one host fast, and many fill us up.
     */
    public long window() {
        return Math.max(LEAST, Math.min(MOST, TOGETHER / Math.max(1, neighbours)));
    }
}
