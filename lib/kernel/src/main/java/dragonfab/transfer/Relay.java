package dragonfab.transfer;

import dragonfab.report.Failure;
import dragonfab.target.Remote;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Files that go from here to one target, and from that one to the others; each checks what it gets.
 *
 * <p>The first that has a file lends it, until all targets have come by. Where nobody can, it comes from here.
 */
public final class Relay implements AutoCloseable {
    private final Map<String, CompletableFuture<Optional<PeerTransfer>>> loans = new ConcurrentHashMap<>();
    private final AtomicInteger past = new AtomicInteger();
    private final int targets;

    /** @param targets how many there are; 0 when all of them get everything from here */
    public Relay(int targets) {
        this.targets = targets;
    }

    private boolean idle() {
        return targets < 2;
    }

    /** The target has the file. */
    public void has(Remote target, Upload upload) {
        if (!idle()) {
            loan(upload).complete(Optional.of(new PeerTransfer(target, upload)));
        }
    }

    /** Sends the file to the target, once somebody can lend it or at once when nobody else is about to have it. */
    public void bring(Remote target, Upload upload, Consumer<Optional<TransferStrategy>> send) {
        if (idle()) {
            send.accept(Optional.empty());
            return;
        }
        var mine = new CompletableFuture<Optional<PeerTransfer>>();
        var others = loans.putIfAbsent(upload.path(), mine);
        if (others != null) {
            send.accept(awaited(others).map(TransferStrategy.class::cast));
            return;
        }
        try {
            send.accept(Optional.empty());
            has(target, upload);
        } finally {
            mine.complete(Optional.empty());
        }
    }

    private CompletableFuture<Optional<PeerTransfer>> loan(Upload upload) {
        return loans.computeIfAbsent(upload.path(), path -> new CompletableFuture<>());
    }

    private static Optional<PeerTransfer> awaited(CompletableFuture<Optional<PeerTransfer>> loan) {
        try {
            return loan.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("here", "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A target needs nothing more; after the last one nothing is lent any more. */
    public void past() {
        if (!idle() && past.incrementAndGet() % targets == 0) {
            close();
        }
    }

    @Override
    public void close() {
        loans.values().forEach(loan -> loan.getNow(Optional.empty()).ifPresent(PeerTransfer::close));
        loans.clear();
    }
}
