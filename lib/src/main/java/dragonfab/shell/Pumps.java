package dragonfab.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.zeroturnaround.exec.stream.PumpStreamHandler;
import org.zeroturnaround.exec.stream.StreamPumper;

/**
 * The streams of a local process, moved in large pieces.
 *
 * <p>Where an output cannot be written (a full disk, say) the process is ended; a library that goes on in silence
 * would take a cut file for a whole one.
 */
final class Pumps extends PumpStreamHandler {
    private static final int BUFFER = 1 << 16;

    private Runnable ending;
    private IOException trouble;

    /** @param input null for none */
    Pumps(OutputStream out, OutputStream err, InputStream input) {
        super(out, err, input);
    }

    /** What ends the process when a stream fails; at once when one has failed already. */
    synchronized void onTrouble(Runnable ending) {
        this.ending = ending;
        if (trouble != null) {
            ending.run();
        }
    }

    synchronized void demandNoTrouble() throws IOException {
        if (trouble != null) {
            throw new IOException("its output could not be written: " + trouble.getMessage(), trouble);
        }
    }

    @Override
    protected Thread createPump(InputStream from, OutputStream to, boolean closes, boolean flushes) {
        var sink = from == getInput() ? to : new Guard(to);
        return newThread(new StreamPumper(from, sink, closes, BUFFER, flushes));
    }

    private synchronized void fail(IOException e) {
        if (trouble == null) {
            trouble = e;
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
            if (!failed) {
                guarded(() -> out.write(bytes, offset, length));
            }
        }

        @Override
        public void flush() {
            if (!failed) {
                guarded(out::flush);
            }
        }

        private void guarded(Writing step) {
            try {
                step.run();
            } catch (IOException e) {
                failed = true;
                fail(e);
            }
        }
    }

    /** What may fail. */
    private interface Writing {
        void run() throws IOException;
    }
}
