package dragonfab.transfer;

import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.Secret;
import dragonfab.shell.stream.LineSplitter;
import dragonfab.shell.stream.Tail;
import dragonfab.target.BackgroundCommand;
import dragonfab.target.Remote;
import dragonfab.target.ReportedStep;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A file that one target serves to its neighbours, from the first who asks until this is closed. */
final class PeerTransfer implements TransferStrategy, AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Remote source;
    private final Upload upload;
    private BackgroundCommand serving;
    private Secret offer;
    private Failure broken;

    PeerTransfer(Remote source, Upload upload) {
        this.source = source;
        this.upload = upload;
    }

    @Override
    public String send(Remote there, ReportedStep step) {
        try {
            step.execute(upload.borrow(offer()));
            return "from " + source.name();
        } catch (ConnectionLost e) {
            throw e;
        } catch (Failure e) {
            var why = e.tail().isEmpty() ? e.getMessage() : e.tail().get(e.tail().size() - 1);
            throw Failure.failed(there.name(), source.name() + " cannot hand it on: " + why);
        }
    }

    /** What cannot be had by one cannot be had by the next. */
    private synchronized Secret offer() {
        if (broken != null) {
            throw broken;
        }
        if (offer == null) {
            offer = Secret.of(open());
        }
        return offer;
    }

    private String open() {
        var said = new CompletableFuture<String>();
        var tail = new Tail();
        try {
            serving = BackgroundCommand.begin(source, upload.lend(source.limit().toSeconds()),
                    new LineSplitter(said::complete), new LineSplitter(tail::add));
            serving.ended().whenComplete((ended, failure) -> said.cancel(false));
            return said.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(source.name(), "interrupted");
        } catch (IOException | ExecutionException | CancellationException | TimeoutException e) {
            broken = Failure.failed(source.name(), "it does not answer").of(null, tail.lines());
            throw broken;
        }
    }

    @Override
    public synchronized void close() {
        if (serving != null) {
            serving.closeInput();
        }
    }
}
