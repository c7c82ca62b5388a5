package dragonfab.release;

import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.state.LockOwner;
import dragonfab.state.TargetState;
import dragonfab.target.BackgroundCommand;
import dragonfab.target.Remote;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The right to change one site on one target, held from its taking to its close.
 *
 * <p>It is a lock of the target's kernel, held by a process there that lives as long as it hears of us: it is free
 * again a minute after we were last heard of at the latest, and no file has to be removed.
 */
final class TargetLock implements AutoCloseable {
    private static final String HELD = "held";
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** Longer than the way there and back, shorter than a person's patience. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final BackgroundCommand holding;
    private final Duration patience;
    private List<List<String>> answers = List.of();

    private TargetLock(BackgroundCommand holding, Duration limit) {
        this.holding = holding;
        this.patience = limit.compareTo(ANSWER) < 0 ? limit : ANSWER;
        holding.beat(HEARTBEAT);
    }

    /**
     * Takes it.
     *
     * @param wait      how long another may go on holding it
     * @param questions of root's, asked as soon as it is held
     * @throws Failure refused, with the name of whoever holds it
     */
    static TargetLock take(Remote remote, TargetState state, LockOwner info, Duration wait, List<Command> questions) {
        try {
            var protocol = new LockProtocol(remote.name(), questions);
            var holding = BackgroundCommand.begin(remote, state.holdLock(info, wait, protocol.mark(), questions),
                    protocol, protocol.error());
            holding.ended().whenComplete((ended, failure) -> protocol.end(failure));
            var lock = new TargetLock(holding, remote.limit());
            lock.hear(remote, protocol, wait);
            return lock;
        } catch (IOException e) {
            throw Failure.failed(remote.name(), "the lock cannot be taken: " + e.getMessage());
        }
    }

    private void hear(Remote remote, LockProtocol protocol, Duration wait) {
        try {
            var said = protocol.first(wait.plus(patience));
            if (!said.equals(HELD)) {
                throw refusal(remote, said, protocol.complaint());
            }
            answers = protocol.answers(remote.limit());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            letGo();
            throw Failure.failed(remote.name(), "interrupted");
        } catch (RuntimeException e) {
            letGo();
            throw e;
        }
    }

    /** What the questions were answered when it was taken, each by its lines. */
    List<List<String>> answers() {
        return answers;
    }

    private static Remedy ended(Remote remote, String command) {
        var words = new ArrayList<>(List.of("--host", remote.name(), "--sudo", "--"));
        words.addAll(List.of(command.split(" ")));
        return Remedy.here("run", words.toArray());
    }

    private static Failure refusal(Remote remote, String said, String error) {
        var words = said.split(" ", 2);
        var rest = (words.length > 1 ? words[1] : "").split("\t", 2);
        var info = LockOwner.of(rest[0]);
        return switch (words[0]) {
            case "owner" -> Failure.refused(remote.name(), "locked by " + info.shown(remote::time))
                    .remedy(Remedy.here("status", "--follow").or(Remedy.again("--lock-wait", 600)));
            case "step" -> Failure.refused(remote.name(), "a step still runs that was begun by "
                    + info.shown(remote::time) + (rest.length > 1 ? "; it is kept from its end by "
                            + rest[1].replaceFirst("; to end it: .*", "") : ""))
                    .remedy(rest.length > 1 ? ended(remote, rest[1].replaceFirst(".*; to end it: sudo ", ""))
                            : Remedy.here("status", "--follow"));
            case "hold" -> Failure.refused(remote.name(), "deploy freeze by " + info.shown(remote::time))
                    .remedy(Remedy.here("lock", "release"));
            default -> Failure.failed(remote.name(), "the lock cannot be taken").of(null,
                    (said + "\n" + error).lines().filter(line -> !line.isBlank()).toList());
        };
    }

    /** Lets go, which reaches the target before anything that is said to it later. */
    void letGo() {
        holding.closeInput();
    }

    /** Lets go, and waits until it is free. */
    @Override
    public void close() {
        letGo();
        try {
            holding.ended().get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException | java.util.concurrent.TimeoutException gone) {
            // Nobody holds it who cannot be heard.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
