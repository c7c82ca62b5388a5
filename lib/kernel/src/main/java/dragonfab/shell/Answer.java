package dragonfab.shell;

import dragonfab.report.Failure;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is kept of the answer to one question: as much as anybody has an honest reason to say.
 *
 * <p>Dozens are asked at once, and together they must not fill our memory either.
 */
final class Answer implements AutoCloseable {
    private static final int MOST = 8 << 20;
    private static final long MOST_TOGETHER = 64 << 20;
    private static final AtomicLong TOGETHER = new AtomicLong();

    private final String place;
    private final String question;
    private final Kept out = new Kept();
    private final Kept err = new Kept();

    Answer(String place, String question) {
        this.place = place;
        this.question = question;
    }

    OutputStream out() {
        return out;
    }

    OutputStream err() {
        return err;
    }

    byte[] bytes() {
        return out.bytes.toByteArray();
    }

    String errors() {
        return err.bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        TOGETHER.addAndGet(-out.counted - err.counted);
    }

    /** Grows as far as it may. */
    private final class Kept extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long counted;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] more, int offset, int length) {
            counted += length;
            if (TOGETHER.addAndGet(length) > MOST_TOGETHER || counted > MOST) {
                throw Failure.failed(place, "it answers without an end: more than " + bytes.size() / 1_000_000
                        + " MB to " + question);
            }
            bytes.write(more, offset, length);
        }
    }
}
