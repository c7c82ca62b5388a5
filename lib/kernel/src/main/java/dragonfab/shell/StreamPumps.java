package dragonfab.shell;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.zeroturnaround.exec.stream.PumpStreamHandler;
import org.zeroturnaround.exec.stream.StreamPumper;

/**
 * The streams of a local process, moved in large pieces, however slowly the other side takes them.
 *
 * <p>Where an output cannot be written (a full disk, say) or an input not be read, the process is ended; a library
 * that goes on in silence would take a cut file for a whole one.
 */
final class StreamPumps extends PumpStreamHandler {
    private static final int BUFFER = 1 << 16;
    private static final int GLANCE_MS = 50;
    private static final long QUIET = TimeUnit.SECONDS.toNanos(2);

    private Runnable ending;
    private IOException trouble;
    private int writing;
    private long moved = System.nanoTime();
    private boolean over;
    private boolean closed;

    /** @param input null for none */
    StreamPumps(OutputStream out, OutputStream err, InputStream input) {
        super(out, err, input);
    }

    /** What ends the process when a stream fails; at once when one has failed already. */
    synchronized void onTrouble(Runnable ending) {
        this.ending = ending;
        if (trouble != null) {
            ending.run();
        }
    }

    synchronized void requireNoFailure() throws IOException {
        if (trouble != null) {
            throw trouble;
        }
    }

    @Override
    protected Thread createPump(InputStream from, OutputStream to, boolean closes, boolean flushes) {
        return newThread(from == getInput() ? new StreamPumper(new Ear(from), to, closes, BUFFER, flushes)
                : new StreamPumper(from, new Guard(to), closes, BUFFER, flushes));
    }

    /** The process ended: its output is moved to the end, unless only a daemon that it left behind keeps it open. */
    @Override
    public void stop() {
        synchronized (this) {
            over = true;
            moved = System.nanoTime();
        }
        try {
            if (inputThread != null) {
                inputThread.interrupt();
                inputThread.join(TimeUnit.NANOSECONDS.toMillis(QUIET));
            }
            for (var pump : new Thread[] {outputThread, errorThread}) {
                while (pump.isAlive() && !isQuiet()) {
                    pump.join(GLANCE_MS);
                }
            }
            new Guard(getOut()).flush();
            new Guard(getErr()).flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            closed = true;
        }
    }

    /** Whether nothing has moved for a while, nor did while the condition was looked at. */
    boolean isQuietAnd(BooleanSupplier condition) {
        var before = moved();
        return isQuiet() && condition.getAsBoolean() && before == moved() && isQuiet();
    }

    private synchronized boolean isQuiet() {
        return writing == 0 && System.nanoTime() - moved > QUIET;
    }

    private synchronized long moved() {
        return moved;
    }

    private synchronized boolean begin() {
        if (!closed) {
            writing++;
        }
        return !closed;
    }

    private synchronized void end() {
        writing--;
        moved = System.nanoTime();
    }

    private synchronized void fail(String what, Exception e) {
        if (trouble == null) {
            trouble = new IOException(what + ": " + e.getMessage(), e);
            if (ending != null) {
                ending.run();
            }
        }
    }

    /** Goes on taking what comes, so that the process is not stuck on the way to its end. */
    private final class Guard extends FilterOutputStream {
        private boolean failed;

        Guard(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            guarded(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() {
            guarded(out::flush);
        }

        private void guarded(Writing step) {
            if (failed || !begin()) {
                return;
            }
            try {
                step.run();
            } catch (IOException | RuntimeException e) {
                failed = true;
                fail("its output could not be written", e);
            } finally {
                end();
            }
        }
    }

    /** A read that fails is no end of the input. */
    private final class Ear extends FilterInputStream {

        Ear(InputStream from) {
            super(from);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException | RuntimeException e) {
                if (!isOver()) {
                    fail("its input could not be read", e);
                }
                throw e;
            }
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** What may fail. */
    private interface Writing {
        void run() throws IOException;
    }
}
