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
    private final Map<String, CompletableFuture<Optional<PeerTransfer>>> peers = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
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
            peer(upload).complete(Optional.of(new PeerTransfer(target, upload)));
        }
    }

    /** Sends the file to the target, once somebody can lend it or at once when nobody else is about to have it. */
    public void bring(Remote target, Upload upload, Consumer<Optional<TransferStrategy>> send) {
        if (idle()) {
            send.accept(Optional.empty());
            return;
        }
        var own = new CompletableFuture<Optional<PeerTransfer>>();
        var other = peers.putIfAbsent(upload.path(), own);
        if (other != null) {
            send.accept(awaited(other).map(TransferStrategy.class::cast));
            return;
        }
        try {
            send.accept(Optional.empty());
            has(target, upload);
        } finally {
            own.complete(Optional.empty());
        }
    }

    private CompletableFuture<Optional<PeerTransfer>> peer(Upload upload) {
        return peers.computeIfAbsent(upload.path(), path -> new CompletableFuture<>());
    }

    private static Optional<PeerTransfer> awaited(CompletableFuture<Optional<PeerTransfer>> peer) {
        try {
            return peer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("local", "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A target needs nothing more; after the last one nothing is lent any more. */
    public void done() {
        if (!idle() && done.incrementAndGet() % targets == 0) {
            close();
        }
    }

    @Override
    public void close() {
        peers.values().forEach(peer -> peer.getNow(Optional.empty()).ifPresent(PeerTransfer::close));
        peers.clear();
    }
}
