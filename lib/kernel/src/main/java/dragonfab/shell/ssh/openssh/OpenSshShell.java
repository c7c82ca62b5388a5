package dragonfab.shell.ssh.openssh;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.ExitStatusTrailer;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import dragonfab.shell.ssh.Agent;
import dragonfab.shell.ssh.CommandFailure;
import dragonfab.shell.ssh.Identities;
import dragonfab.shell.ssh.LoginPassage;
import dragonfab.shell.ssh.Operator;
import dragonfab.shell.ssh.RemoteKill;
import dragonfab.shell.ssh.ResolvedHost;
import dragonfab.shell.ssh.SshSettings;
import dragonfab.shell.ssh.Sudo;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One host behind one connection of the system's ssh, for what a connection of our own cannot do.
 *
 * <p>An exit code is always the command's own, as its shell tells it there: what ssh ends with proves nothing. Nobody
 * is asked anything, and no key is believed that known_hosts does not know, unless the user's configuration says so.
 */
public final class OpenSshShell implements Shell {
    private static final int AT_ONCE = 4;
    private static final int BROKEN = 255;
    private static final int DROPBEAR = 8000;

    private final ResolvedHost destination;
    private final ControlMaster master;
    private final Sudo sudo;
    private final CommandFailure stop;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private volatile ConnectionLost lost;
    private volatile String greeting = "";
    private volatile boolean begins;
    private volatile boolean closed;

    private OpenSshShell(ResolvedHost destination, ControlMaster master) {
        this.destination = destination;
        this.master = master;
        this.stop = new CommandFailure(destination);
        this.sudo = new Sudo(destination, this::ask);
    }

    /**
     * Connects and logs in at once.
     *
     * @throws ConnectionLost when nobody is there, or nobody that speaks SSH
     * @throws Failure        when the host or the login is not to be trusted; the remedy says what to do
     */
    public static OpenSshShell connect(SshSettings settings) {
        var destination = ResolvedHost.of(settings.answeredBy(Operator.NOBODY));
        requireIdentity(destination);
        return new OpenSshShell(destination, ControlMaster.open(destination));
    }

    /** ssh itself would only warn, and try other keys. */
    private static void requireIdentity(ResolvedHost to) {
        var file = to.settings().identityFile();
        if (file != null && !Files.exists(file)) {
            try (var agent = Agent.at(to.agent())) {
                new Identities(to, agent, UnopenedKey::at);
            } catch (IOException e) {
                throw Failure.failed(to.place(), "the agent does not answer: " + e.getMessage());
            }
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
        try {
            if (!free.tryAcquire(limit == null ? Long.MAX_VALUE : limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw stop.late(command, limit);
            }
        } catch (InterruptedException e) {
            throw stop.interrupted(command);
        }
        try {
            requireConnection(command);
            return run(command, ready, out, new ExitStatusTrailer(err), limit);
        } finally {
            free.release();
        }
    }

    private ExitStatus run(Command command, Command ready, OutputStream out, ExitStatusTrailer trailer,
            Duration limit) {
        var kill = new RemoteKill();
        var passage = new LoginPassage(out, trailer);
        var line = passage.line(kill.marked(trailer.around(ready).line()));
        try {
            var input = begins ? ready.input() : passage.held(ready.input());
            var code = master.command(line, input).run(passage.out(), passage.err(), limit,
                    () -> isLeftOpen(trailer));
            return ended(command, passage, trailer, code);
        } catch (TimeoutException e) {
            end(kill, command);
            throw stop.late(command, limit);
        } catch (InterruptedException e) {
            end(kill, command);
            throw stop.interrupted(command);
        } catch (IOException e) {
            end(kill, command);
            throw passage.isThrough() || ready.input() == Input.NOTHING || e.getCause() == null
                    ? stop.ours(command, e.getCause() instanceof Exception cause ? cause : e)
                    : stop.deaf(passage.noise());
        }
    }

    private ExitStatus ended(Command command, LoginPassage passage, ExitStatusTrailer trailer, int code) {
        if (trailer.code().isPresent()) {
            begins = true;
            greeting = passage.noise();
            return ExitStatus.with(trailer.code().getAsInt());
        }
        if (!passage.isThrough() && (code != BROKEN || master.isAlive())) {
            throw stop.barred(passage.noise(), ExitStatus.with(code));
        }
        if (master.isAlive()) {
            throw new ConnectionLost(where(), "the shell of the command was killed while it ran " + command.brief());
        }
        lost = stop.lost(reason(), command);
        throw passage.isThrough() || command.line().length() < DROPBEAR ? lost
                : lost.remedy(
                        "install openssh-server there, if its SSH server is dropbear: it ends the connection at"
                                + " a command of more than 9000 bytes");
    }

    /** In the words that a connection of our own has for it. */
    private IOException reason() {
        var words = master.lastWords();
        if (closed) {
            return new IOException("Disconnected");
        }
        if (words.contains("not responding")) {
            return new IOException("keep-alive for "
                    + destination.aliveInterval().multipliedBy(destination.aliveCount()).toSeconds() + " seconds");
        }
        if (master.wasKilled()) {
            return new IOException("its ssh was killed here");
        }
        return words.isEmpty() ? new EOFException() : new IOException(words);
    }

    /** Once lost is lost, though a new connection might be had: nobody knows what became of the commands there. */
    private void requireConnection(Command command) {
        if (lost != null || closed) {
            throw stop.lost(reason(), command);
        }
        master.ready();
    }

    private void end(RemoteKill kill, Command command) {
        var ending = DaemonThreads.start(() -> kill.end(sudo, command, this::isDone));
        try {
            ending.get(RemoteKill.patience(command).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Without a connection nothing more can be done for the command there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * True when the command ended, but a child it left behind keeps its streams open.
     *
     * <p>What it said before is here, since the answer to another command came by the same way after it.
     */
    private boolean isLeftOpen(ExitStatusTrailer trailer) {
        try {
            return trailer.code().isPresent() && isDone(Command.of("true"));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isDone(Command ready) throws IOException, InterruptedException {
        var nowhere = OutputStream.nullOutputStream();
        try {
            var passage = new LoginPassage(nowhere, nowhere);
            return master.command(passage.line(ready.line()), ready.input())
                    .run(passage.out(), passage.err(), RemoteKill.PATIENCE) == 0;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public int interact(Command command) {
        master.ready();
        try {
            return master.terminal(LoginPassage.atTerminal(sudo.atTerminal(command).line())).atTerminal();
        } catch (IOException e) {
            throw Failure.failed(where(), "cannot run ssh: " + e.getMessage());
        } catch (InterruptedException e) {
            throw stop.interrupted(command);
        }
    }

    @Override
    public void close() {
        closed = true;
        master.close();
    }
}
