package dragonfab.shell.stream;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output that goes on in silence when nobody reads it any more, so that its command may end by itself. */
final class TolerantOutput extends FilterOutputStream {
    private volatile boolean ignoring;

    TolerantOutput(OutputStream to) {
        super(to);
    }

    /** The listener is gone, or about to go. */
    void ignoreFromNow() {
        ignoring = true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (ignoring) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            // The listener may end between the question and the answer; its own end says why.
            ignoring = true;
        }
    }
}
