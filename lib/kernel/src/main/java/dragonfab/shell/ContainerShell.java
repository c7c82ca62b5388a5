package dragonfab.shell;

import dragonfab.report.Remedy;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Inside an LXC container, by lxc-attach on the shell of its host: no sshd, key or address is needed.
 *
 * <p>The host's environment stays outside. What lxc-attach says of the end is not trusted: the command's own shell
 * writes its exit code to standard error behind a nonce, and without that line the container is taken for gone.
 */
public final class ContainerShell implements Shell {
    private static final List<String> ENVIRONMENT = List.of("HOME=/root", "USER=root", "LANG=C.UTF-8",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    /** lxc-attach hands on that of whoever calls it, and with it who may write what is made inside. */
    private static final String UMASK = "umask 022";
    private static final int TRIES = 3;
    /** Aborted, or a bad address: lxc-attach 5.0 does so once in many thousand times. */
    private static final Set<Integer> CRASHES = Set.of(134, 139);

    private final Shell host;
    private final String name;
    private final Elevation elevation = new Elevation("root", null);

    public ContainerShell(Shell host, String name) {
        this.host = host;
        this.name = name;
    }

    @Override
    public String where() {
        return name;
    }

    @Override
    public ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit) {
        for (int left = TRIES;; left--) {
            var trailer = new ExitStatusTrailer(err);
            var ended = host.execute(attached(command, trailer), out, trailer, limit);
            if (trailer.entered()) {
                return ExitStatus.with(trailer.code().orElseThrow(() -> new ConnectionLost(name,
                        "the container stopped, or lxc-attach was killed, while it ran " + command.brief())));
            }
            // Nothing has run, as far as was heard; a change may yet be about to.
            if (left == 1 || !CRASHES.contains(ended.code()) || !command.question()
                    || !command.input().isRepeatable()) {
                throw new ConnectionLost(name, "cannot enter the container: " + why(trailer.lastWords(), ended))
                        .remedy(Remedy.here("lxc", "list"));
            }
        }
    }

    private Command attached(Command command, ExitStatusTrailer trailer) {
        var attached = attach(name).with(trailer.around(elevation.apply(command), UMASK).words().toArray())
                .reading(command.input());
        return command.question() ? attached.asking() : attached;
    }

    /** In front of its own words lxc-attach names lines of its source. */
    private static String why(String words, ExitStatus ended) {
        return words.isBlank() ? ended.toString() : words.substring(words.lastIndexOf(": ") + 1).strip();
    }

    @Override
    public int interact(Command command) {
        var terminal = System.getenv().getOrDefault("TERM", "dumb");
        return host.interact(attach(name).with("sh", "-c", UMASK + "; exec \"$@\"", "sh", "env", "TERM=" + terminal)
                .with(elevation.apply(command).words().toArray()));
    }

    /** A command of root inside, for the machine that holds the container to do by itself. */
    public static Command inside(String name, Command command) {
        return attach(name).with(command.words().toArray()).reading(command.input());
    }

    private static Command attach(String name) {
        var attach = Command.of("lxc-attach", "-n", name, "--clear-env");
        for (var variable : ENVIRONMENT) {
            attach = attach.with("-v", variable);
        }
        return attach.with("--").asRoot();
    }
}
