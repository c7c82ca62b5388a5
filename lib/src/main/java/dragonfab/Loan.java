package dragonfab;

import dragonfab.ops.Upload;
import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A file that one target hands on to its neighbours, from the first who asks until this is closed. */
final class Loan implements Shortcut, AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Remote lender;
    private final Upload upload;
    private Background lending;
    private Secret offer;
    private Failure trouble;

    Loan(Remote lender, Upload upload) {
        this.lender = lender;
        this.upload = upload;
    }

    @Override
    public String send(Remote there, Deed deed) {
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
            lending = Background.begin(lender, upload.lend(lender.limit().toSeconds()), new Lines(said::complete),
                    new Lines(tail::add));
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
