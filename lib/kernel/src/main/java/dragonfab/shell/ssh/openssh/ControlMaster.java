package dragonfab.shell.ssh.openssh;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.Input;
import dragonfab.shell.LocalProcess;
import dragonfab.shell.ssh.HostKeyRules;
import dragonfab.shell.ssh.LoginThrottle;
import dragonfab.shell.ssh.ResolvedHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The one connection that all commands to a host share, held by a process of the system's ssh.
 *
 * <p>Its socket is in a folder that nobody else can enter. It ends with this process, and by itself when it was idle
 * for a minute; then the next command opens it again.
 */
public final class ControlMaster implements AutoCloseable {
    private static final int NOT_FOUND = 127;
    private static final int BROKEN = 255;
    /** What ssh says in so many words also where all is well; of a login that is not complete it says nothing else. */
    private static final Pattern GOES_WELL = Pattern.compile("(Authenticated |Transferred: |Bytes per second: ).*");
    /** A socket's path has 104 characters on some systems, and ssh makes it under a name of 17 more first. */
    private static final int LONGEST_PATH = 86;
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** sshd's own patience with a login. */
    private static final Duration LOGIN = Duration.ofSeconds(120);
    private static final Path HERE = Path.of("").toAbsolutePath();

    private final ResolvedHost to;
    private final Path folder;
    private final Thread lastResort = new Thread(this::end, "ssh");
    private boolean closed;

    private ControlMaster(ResolvedHost to, Path folder) {
        this.to = to;
        this.folder = folder;
    }

    /** Connects and logs in. */
    static ControlMaster open(ResolvedHost to) {
        try {
            var master = new ControlMaster(to, folder(Path.of(System.getProperty("java.io.tmpdir"))));
            Runtime.getRuntime().addShutdownHook(master.lastResort);
            try {
                master.ready();
                return master;
            } catch (RuntimeException e) {
                master.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failure.failed(to.place(), "no folder for the socket of ssh: " + e.getMessage());
        }
    }

    /** A folder of our own, with a path that ssh can take. */
    public static Path folder(Path base) throws IOException {
        var folder = Files.createTempDirectory(base, "df");
        if (folder.resolve("s").toString().matches("[A-Za-z0-9_./-]{1," + LONGEST_PATH + "}")) {
            return folder;
        }
        Files.delete(folder);
        return Files.createTempDirectory(Path.of("/tmp"), "df");
    }

    /** Opens it, unless it is open. */
    synchronized void ready() {
        if (closed) {
            throw new ConnectionLost(to.place(), "connection lost (it was closed here)");
        }
        if (!Files.exists(socket())) {
            var first = to.jumps().isEmpty() ? to.hostAndPort() : to.jumps().get(0);
            LoginThrottle.through(first, this::start);
        }
    }

    private Boolean start() {
        var said = new ByteArrayOutputStream();
        try {
            Files.deleteIfExists(log());
            var code = child(List.of("-M", "-S", socket().toString(), "-N", "-f", "-n", "-E", log().toString(),
                    "-o", "ControlPersist=60", "-o", "LogLevel=VERBOSE"), List.of(), Input.NOTHING)
                    .run(said, said, patience());
            if (code == BROKEN && (!to.jumps().isEmpty() || to.proxyCommand() != null)) {
                // With ControlPersist nobody hears the ssh, or the program, that makes the way there.
                child(List.of("-S", "none", "-n", "-T"), List.of("true"), Input.NOTHING)
                        .run(said, said, patience());
            }
            if (code == NOT_FOUND) {
                throw Failure.failed(to.place(), "there is no ssh on this machine")
                        .remedy(Remedy.program("sudo", "apt-get", "install", "openssh-client"));
            }
            if (code != 0) {
                var words = said.toString(StandardCharsets.UTF_8) + read();
                if (OpenSshErrors.isUnknownHost(words)) {
                    // ssh tells the fingerprint to those alone who ask for every detail.
                    said.reset();
                    child(List.of("-S", "none", "-n", "-T", "-v"), List.of("true"), Input.NOTHING)
                            .run(said, said, patience());
                    words += said.toString(StandardCharsets.UTF_8);
                }
                throw OpenSshErrors.of(to, words);
            }
            return true;
        } catch (IOException e) {
            throw Failure.failed(to.place(), "cannot run ssh: " + e.getMessage());
        } catch (TimeoutException e) {
            throw new ConnectionLost(to.place(), to.hostAndPort() + " did not end its greeting within "
                    + patience().toSeconds() + "s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(to.place(), "interrupted");
        }
    }

    private Duration patience() {
        return to.connectTimeout().plus(LOGIN);
    }

    /** A command's own ssh, which goes through this connection. */
    LocalProcess command(String line, Input input) {
        return child(List.of("-T", "-S", socket().toString(), "-o", "ControlMaster=no", "-o", "LogLevel=ERROR"),
                List.of(line), input);
    }

    /** A session with the terminal of this process, in the language of whoever sits there. */
    LocalProcess terminal(String line) {
        var options = options(List.of("-t", "-S", socket().toString(), "-o", "ControlMaster=no"));
        return new LocalProcess(to.ssh(options, List.of(line)), HERE, Input.NOTHING);
    }

    private LocalProcess child(List<String> first, List<String> line, Input input) {
        // Else ssh sends them, where its configuration says so: a command's answers would depend on this terminal.
        var words = new ArrayList<>(List.of("env", "-u", "LANG"));
        System.getenv().keySet().stream().filter(name -> name.matches("LC_\\w+|LANGUAGE"))
                .forEach(name -> words.addAll(List.of("-u", name)));
        var options = options(first);
        options.addAll(List.of("-o", "BatchMode=yes"));
        words.addAll(to.ssh(options, line));
        return new LocalProcess(words, HERE, input);
    }

    private List<String> options(List<String> first) {
        var options = new ArrayList<>(first);
        options.addAll(List.of("-a", "-x"));
        var newKeys = to.hostKeys().newKeys() == HostKeyRules.NewKeys.ACCEPT ? "accept-new" : "yes";
        for (var option : List.of("StrictHostKeyChecking=" + newKeys, "UpdateHostKeys=no",
                "ClearAllForwardings=yes", "PermitLocalCommand=no", "RemoteCommand=none",
                "ConnectTimeout=" + to.connectTimeout().toSeconds(),
                "ServerAliveInterval=" + Math.max(1, to.aliveInterval().toSeconds()),
                "ServerAliveCountMax=" + to.aliveCount())) {
            options.addAll(List.of("-o", option));
        }
        return options;
    }

    boolean isAlive() {
        return asked("check");
    }

    /** True when it had no time to take its socket away. */
    boolean wasKilled() {
        return Files.exists(socket()) && !isAlive();
    }

    /** Why it ended, in ssh's own words; blank when it said nothing. */
    String lastWords() {
        var lines = read().lines().map(String::strip).filter(Predicate.not(String::isEmpty))
                .filter(Predicate.not(GOES_WELL.asMatchPredicate())).toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private String read() {
        try {
            return Files.readString(log());
        } catch (IOException none) {
            return "";
        }
    }

    private boolean asked(String word) {
        try {
            var nowhere = java.io.OutputStream.nullOutputStream();
            return Files.exists(socket())
                    && child(List.of("-S", socket().toString(), "-O", word), List.of(), Input.NOTHING)
                            .run(nowhere, nowhere, FAREWELL) == 0;
        } catch (IOException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** Ends all that goes through it. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            end();
            try {
                Runtime.getRuntime().removeShutdownHook(lastResort);
            } catch (IllegalStateException shuttingDown) {
                // Then it runs, and finds nothing to do.
            }
        }
    }

    private void end() {
        asked("exit");
        try {
            Files.deleteIfExists(socket());
            Files.deleteIfExists(log());
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            // An empty folder in the folder for temporary files harms nobody.
        }
    }
}
