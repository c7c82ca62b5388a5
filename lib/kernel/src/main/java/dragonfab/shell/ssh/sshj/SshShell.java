package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import dragonfab.shell.LocalProcess;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.CommandFailure;
import dragonfab.shell.ssh.LoginPassage;
import dragonfab.shell.ssh.RemoteKill;
import dragonfab.shell.ssh.ResolvedHost;
import dragonfab.shell.ssh.SshSettings;
import dragonfab.shell.ssh.Sudo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One host behind one SSH connection, over which several commands run at once.
 *
 * <p>An exit code is always the command's own; whatever befalls the connection is a {@link ConnectionLost}.
 */
public final class SshShell implements Shell {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ResolvedHost destination;
    private final Sessions sessions;
    private final Sudo sudo;
    private final CommandFailure stop;
    private volatile String greeting = "";
    private volatile boolean begins;

    private SshShell(ResolvedHost destination, Connection connection) {
        this.destination = destination;
        this.sessions = new Sessions(destination, connection);
        this.stop = new CommandFailure(destination);
        this.sudo = new Sudo(destination, this::ask);
    }

    /**
     * Connects and logs in at once.
     *
     * @throws ConnectionLost when nobody is there, or nobody that speaks SSH
     * @throws Failure        when the host or the login is not to be trusted; the remedy says what to do
     */
    public static SshShell connect(SshSettings settings) {
        ConnectPacing.keep();
        var destination = ResolvedHost.of(settings);
        var connection = Connection.open(destination, true);
        if (connection.client().getTransport().getServerVersion().contains("dropbear")) {
            connection.close();
            throw new CommandFailure(destination).tooShort();
        }
        var shell = new SshShell(destination, connection);
        try {
            shell.sessions.prepare();
            return shell;
        } catch (IOException e) {
            shell.close();
            throw shell.stop.lost(e, "after the login");
        }
    }

    @Override
    public String where() {
        return destination.place();
    }

    /** The user name logged in as. */
    public String login() {
        return destination.user();
    }

    @Override
    public String greeting() {
        return greeting;
    }

    /** A child left behind that keeps the streams open is not waited for, once the command has ended. */
    @Override
    public ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit) {
        var ready = sudo.apply(command, limit);
        var passage = new LoginPassage(out, err);
        try (var session = sessions.take(limit == null ? FOREVER : limit)) {
            return run(command, ready, session, passage, limit);
        } catch (TimeoutException e) {
            throw stop.late(command, limit);
        } catch (InterruptedException e) {
            throw stop.interrupted(command);
        } catch (IOException e) {
            throw stop.lost(e, command);
        }
    }

    private ExitStatus run(Command command, Command ready, Sessions.Session session, LoginPassage passage,
            Duration limit) throws IOException {
        var kill = new RemoteKill();
        var ping = new PingRequest(session.connection().client());
        // Once it has begun one, a login begins each.
        var input = open(ready, begins ? ready.input() : passage.held(ready.input()));
        var running = new RunningCommand(session.channel(), ping, passage, passage.line(kill.marked(ready.line())),
                input);
        session.prepareNext();
        try {
            if (running.awaitEnd(limit == null ? FOREVER : limit)) {
                return ended(command, session.channel(), running, passage);
            }
        } catch (InterruptedException e) {
            end(kill, command, session, ping);
            throw stop.interrupted(command);
        }
        end(kill, command, session, ping);
        var failure = running.ownTrouble();
        throw failure == null ? stop.late(command, limit) : passage.isThrough() ? stop.ours(command, failure)
                : stop.deaf(passage.noise());
    }

    /** A host that does not even answer is not waited for: what is said to it may never leave this machine. */
    private void end(RemoteKill kill, Command command, Sessions.Session session, PingRequest ping) {
        var ending = DaemonThreads.start(() -> {
            if (ping.isAnswered(RemoteKill.ANSWER)) {
                kill.end(sudo, command, ready -> sessions.isDone(session, ready));
                session.channel().terminate();
            }
            session.channel().hangUp();
        });
        try {
            ending.get(RemoteKill.patience(command).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Without a connection nothing more can be done for the command there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InputStream open(Command ready, Input input) {
        try {
            return input.open();
        } catch (IOException e) {
            throw stop.ours(ready, e);
        }
    }

    private ExitStatus ended(Command command, ExecChannel channel, RunningCommand running, LoginPassage passage) {
        var ended = running.ended();
        if (ended == null && channel.isRefused()) {
            throw Failure.failed(where(), "the host refuses to run commands for " + login());
        }
        if (ended == null) {
            throw stop.lost(channel.broken(), command);
        }
        if (!passage.isThrough()) {
            throw stop.barred(passage.noise(), ended);
        }
        begins = true;
        greeting = passage.noise();
        return ended;
    }

    /** By the system's own ssh: terminals are what it does best. */
    @Override
    public int interact(Command command) {
        var line = LoginPassage.atTerminal(sudo.atTerminal(command).line());
        try {
            return new LocalProcess(destination.terminal(line), Path.of("").toAbsolutePath(), Input.NOTHING)
                    .atTerminal();
        } catch (IOException e) {
            throw Failure.failed(where(), "cannot run ssh: " + e.getMessage())
                    .remedy(Remedy.program("sudo", "apt-get", "install", "openssh-client"));
        } catch (InterruptedException e) {
            throw stop.interrupted(command);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
