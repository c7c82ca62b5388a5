package dragonfab.files;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The body of an answer on its way into a file; its result is the SHA-256. */
final class SavedBody implements BodySubscriber<String> {
    private final Path to;
    private final MessageDigest digest = Checksum.digest();
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private volatile long heard = System.nanoTime();
    private volatile Flow.Subscription subscription;
    private FileChannel channel;
    private boolean ended;

    SavedBody(Path to) {
        this.to = to;
    }

    /** The disk's fault, and not the server's. */
    static final class NotWritten extends IOException {
        NotWritten(IOException why) {
            super(why.getMessage(), why);
        }
    }

    /** How long nothing has come. */
    Duration silent() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    @Override
    public CompletionStage<String> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription coming) {
        subscription = coming;
        heard = System.nanoTime();
        coming.request(1);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        heard = System.nanoTime();
        try {
            for (var buffer : buffers) {
                write(buffer);
            }
            subscription.request(1);
        } catch (IOException e) {
            subscription.cancel();
            result.completeExceptionally(new NotWritten(e));
        }
    }

    /** What comes after the end was called off, and its file is gone. */
    private void write(ByteBuffer buffer) throws IOException {
        if (ended) {
            return;
        }
        if (channel == null) {
            channel = FileChannel.open(to, StandardOpenOption.WRITE);
        }
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void onError(Throwable why) {
        result.completeExceptionally(why);
    }

    @Override
    public synchronized void onComplete() {
        try {
            if (channel != null) {
                // A name that survives a power cut must not have an empty file behind it.
                channel.force(true);
            }
            result.complete(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            result.completeExceptionally(new NotWritten(e));
        }
    }

    synchronized void end() {
        ended = true;
        if (subscription != null) {
            subscription.cancel();
        }
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The part that it was written to is removed or whole.
        }
    }
}
