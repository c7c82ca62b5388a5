package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import java.time.Duration;
import java.util.List;

/** Why a command was stopped, or never ended, in words. */
final class Stop {
    private final Destination destination;

    Stop(Destination destination) {
        this.destination = destination;
    }

    Failure late(Command command, Duration limit) {
        var what = "took more than " + limit.toSeconds() + "s: " + command.brief();
        return Failure.failed(destination.place(), what)
                .remedy("a longer --timeout, or see what it waits for: ssh " + destination.typed());
    }

    /** Trouble with its input or output on this side. */
    Failure ours(Command command, Exception trouble) {
        if (trouble instanceof RuntimeException bug) {
            throw bug;
        }
        return Failure.failed(destination.place(), "stopped, for its input or output failed on this side: "
                + trouble.getMessage()).of(command.brief(), List.of());
    }

    Failure interrupted(Command command) {
        Thread.currentThread().interrupt();
        return Failure.failed(destination.place(), "interrupted: " + command.brief());
    }

    ConnectionLost lost(Exception e, String when) {
        return new ConnectionLost(destination.place(), "connection lost (" + Trouble.reason(e) + ") " + when);
    }

    ConnectionLost lost(Exception e, Command command) {
        return lost(e, "while it ran " + command.brief());
    }
}
