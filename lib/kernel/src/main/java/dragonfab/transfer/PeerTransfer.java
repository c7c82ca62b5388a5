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

    private final Remote lender;
    private final Upload upload;
    private BackgroundCommand lending;
    private Secret offer;
    private Failure trouble;

    PeerTransfer(Remote lender, Upload upload) {
        this.lender = lender;
        this.upload = upload;
    }

    @Override
    public String send(Remote there, ReportedStep deed) {
        try {
            deed.execute(upload.borrow(offer()));
            return "from " + lender.name();
        } catch (ConnectionLost e) {
            throw e;
        } catch (Failure e) {
            var why = e.tail().isEmpty() ? e.getMessage() : e.tail().get(e.tail().size() - 1);
            throw Failure.failed(there.name(), lender.name() + " cannot hand it on: " + why);
        }
    }

    /** What cannot be had by one cannot be had by the next. */
    private synchronized Secret offer() {
        if (trouble != null) {
            throw trouble;
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
            lending = BackgroundCommand.begin(lender, upload.lend(lender.limit().toSeconds()),
                    new LineSplitter(said::complete), new LineSplitter(tail::add));
            lending.ended().whenComplete((ended, failure) -> said.cancel(false));
            return said.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(lender.name(), "interrupted");
        } catch (IOException | ExecutionException | CancellationException | TimeoutException e) {
            trouble = Failure.failed(lender.name(), "it does not answer").of(null, tail.lines());
            throw trouble;
        }
    }

    @Override
    public synchronized void close() {
        if (lending != null) {
            lending.fallSilent();
        }
    }
}
