package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.ExitStatus;
import java.time.Duration;
import java.util.List;

/** Why a command was stopped, or never ended, in words. */
public final class CommandFailure {
    private final ResolvedHost destination;

    public CommandFailure(ResolvedHost destination) {
        this.destination = destination;
    }

    public Failure late(Command command, Duration limit) {
        var what = "took more than " + limit.toSeconds() + "s: " + command.brief();
        return Failure.failed(destination.place(), what)
                .remedy(Remedy.line("ssh " + destination.typed()).or(Remedy.again("--timeout", limit.toSeconds() * 2)));
    }

    /** The login shell ended before the command began. @param said by that shell; blank when it said nothing */
    public Failure barred(String said, ExitStatus ended) {
        return Failure.refused(destination.place(), "the login shell of " + destination.user() + " runs no commands: "
                + (said.isEmpty() ? "" : "it says \"" + said + "\", ") + ended)
                .remedy(Remedy.line("ssh " + destination.typed() + " true"));
    }

    /** Dropbear ends the connection where a command has 9,000 bytes, and many of ours have more. */
    public Failure tooShort() {
        return Failure
                .refused(destination.place(), "its SSH server is dropbear, which takes no command of more than 9000"
                        + " bytes")
                .remedy("install openssh-server there, in place of dropbear");
    }

    /** The login shell reads on and never begins the command. */
    public Failure deaf(String said) {
        return Failure.refused(destination.place(), "the login shell of " + destination.user()
                + " does not begin commands" + (said.isEmpty() ? "" : ": it says \"" + said + "\""))
                .remedy(Remedy.advice("take what starts another shell, as exec does, out of the files that it reads")
                        .then(Remedy.line("ssh " + destination.typed() + " true")));
    }

    /** Trouble with its input or output on this side. */
    public Failure ours(Command command, Exception failure) {
        if (failure instanceof RuntimeException bug) {
            throw bug;
        }
        return Failure.failed(destination.place(), "stopped, for its input or output failed on this side: "
                + failure.getMessage()).of(command.brief(), List.of());
    }

    public Failure interrupted(Command command) {
        Thread.currentThread().interrupt();
        return Failure.failed(destination.place(), "interrupted: " + command.brief());
    }

    public ConnectionLost lost(Exception e, String when) {
        return new ConnectionLost(destination.place(), "connection lost (" + ConnectFailure.reason(e) + ") " + when);
    }

    public ConnectionLost lost(Exception e, Command command) {
        return lost(e, "while it ran " + command.brief());
    }
}
