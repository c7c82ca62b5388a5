package dragonfab.shell.ssh.sshj;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import dragonfab.shell.LocalProcess;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.CommandFailure;
import dragonfab.shell.ssh.RemoteKill;
import dragonfab.shell.ssh.ResolvedHost;
import dragonfab.shell.ssh.SshSettings;
import dragonfab.shell.ssh.Sudo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One host behind one SSH connection, over which several commands run at once.
 *
 * <p>An exit code is always the command's own; whatever befalls the connection is a {@link ConnectionLost}.
 */
public final class SshShell implements Shell {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ResolvedHost destination;
    private final Connection connection;
    private final Channels channels;
    private final Sudo sudo;
    private final CommandFailure stop;

    private SshShell(ResolvedHost destination, Connection connection) {
        this.destination = destination;
        this.connection = connection;
        this.channels = connection.channels();
        this.stop = new CommandFailure(destination);
        this.sudo = new Sudo(destination.user(), destination.settings().sudoPassword(),
                command -> ask(command).ok());
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
        var shell = new SshShell(destination, Connection.open(destination, true));
        try {
            shell.channels.prepare();
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

    /** A child left behind that keeps the streams open is not waited for, once the command has ended. */
    @Override
    public ExitStatus execute(Command command, OutputStream out, OutputStream err, Duration limit) {
        var ready = sudo.apply(command);
        var input = open(ready);
        try {
            var channel = channels.take();
            try {
                return run(command, ready.line(), input, channel, out, err, limit);
            } finally {
                channels.giveBack();
            }
        } catch (InterruptedException e) {
            throw stop.interrupted(command);
        } catch (IOException e) {
            throw stop.lost(e, command);
        }
    }

    private ExitStatus run(Command command, String line, InputStream input, ExecChannel channel, OutputStream out,
            OutputStream err, Duration limit) throws IOException {
        var kill = new RemoteKill();
        var running = new RunningCommand(channel, new PingRequest(connection.client()), kill.marked(line), input,
                out, err);
        channels.prepare();
        try {
            if (running.awaitEnd(limit == null ? FOREVER : limit)) {
                return ended(command, channel, running);
            }
        } catch (InterruptedException e) {
            end(kill, command, channel);
            throw stop.interrupted(command);
        }
        end(kill, command, channel);
        var failure = running.ownTrouble();
        throw failure == null ? stop.late(command, limit) : stop.ours(command, failure);
    }

    private void end(RemoteKill kill, Command command, ExecChannel channel) {
        try {
            kill.end(sudo, command, ready -> RunningCommand.isDone(connection.client(), ready));
            channel.terminate();
            channel.hangUp();
        } catch (IOException e) {
            // Without a connection nothing more can be done for the command there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InputStream open(Command ready) {
        try {
            return ready.input().open();
        } catch (IOException e) {
            throw stop.ours(ready, e);
        }
    }

    private ExitStatus ended(Command command, ExecChannel channel, RunningCommand running) {
        var ended = running.ended();
        if (ended == null && channel.isRefused()) {
            throw Failure.failed(where(), "the host refuses to run commands for " + login());
        }
        if (ended == null) {
            throw stop.lost(channel.broken(), command);
        }
        return ended;
    }

    /** By the system's own ssh: terminals are what it does best. */
    @Override
    public int interact(Command command) {
        var line = sudo.atTerminal(command).line();
        try {
            return new LocalProcess(destination.terminal(line), Path.of("").toAbsolutePath(), Input.NOTHING)
                    .atTerminal();
        } catch (IOException e) {
            throw Failure.failed(where(), "cannot run ssh: " + e.getMessage())
                    .remedy("apt install openssh-client");
        } catch (InterruptedException e) {
            throw stop.interrupted(command);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
