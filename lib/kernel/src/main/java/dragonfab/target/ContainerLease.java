package dragonfab.target;

import dragonfab.lxc.Lxc;
import dragonfab.report.Failure;
import dragonfab.shell.stream.FirstLineReader;
import dragonfab.shell.stream.LineSplitter;
import dragonfab.shell.stream.Tail;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The right of one build to a container, by its name.
 *
 * <p>It ends a minute after the holding machine last heard of us at the latest, and that machine then removes the
 * container by itself, unless it is marked as complete.
 */
public final class ContainerLease implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration OTHERS = Duration.ofMinutes(15);

    /** Null in a dry run, which makes nothing. */
    private final BackgroundCommand holding;

    private ContainerLease(BackgroundCommand holding) {
        this.holding = holding;
    }

    public static ContainerLease take(Lxc lxc, Remote holder) {
        if (holder.dry()) {
            return new ContainerLease(null);
        }
        var said = new FirstLineReader(OutputStream.nullOutputStream());
        var complaint = new Tail();
        var errors = new LineSplitter(complaint::add);
        try {
            var holding = BackgroundCommand.begin(holder, lxc.lease(OTHERS, SILENCE), said, errors);
            holding.ended().whenComplete((ended, failure) -> {
                errors.close();
                said.close();
            });
            holding.beat(HEARTBEAT);
            var lease = new ContainerLease(holding);
            lease.hear(said, holder, lxc, complaint);
            return lease;
        } catch (IOException e) {
            throw Failure.failed(holder.name(), lxc.name() + " cannot be held: " + e.getMessage());
        }
    }

    private void hear(FirstLineReader said, Remote holder, Lxc lxc, Tail complaint) {
        try {
            if (said.line().get(OTHERS.plus(SILENCE).toSeconds(), TimeUnit.SECONDS).isPresent()) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException silent) {
            // It is not held.
        }
        close();
        throw Failure.failed(holder.name(), lxc.name() + " cannot be held").of(null, complaint.lines());
    }

    /** Lets go; what is not complete is removed, whether we wait for that or not. */
    @Override
    public void close() {
        if (holding != null) {
            holding.closeInput();
        }
    }
}
