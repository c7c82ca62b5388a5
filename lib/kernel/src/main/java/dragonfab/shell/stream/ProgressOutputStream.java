package dragonfab.shell.stream;

import dragonfab.report.Step;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output on its way; its step is told how many bytes have passed. */
public final class ProgressOutputStream extends FilterOutputStream {
    private final Step step;
    private long passed;

    public ProgressOutputStream(OutputStream out, Step step) {
        super(out);
        this.step = step;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        passed += length;
        step.progress(passed, 0);
    }
}
