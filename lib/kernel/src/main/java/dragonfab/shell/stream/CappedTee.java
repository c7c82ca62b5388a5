package dragonfab.shell.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output on its way that leaves a copy behind, which does not grow beyond what a recipe could read. */
public final class CappedTee extends OutputStream {
    private static final int MOST = 1 << 20;

    private final ByteArrayOutputStream copy;
    private final OutputStream next;

    public CappedTee(ByteArrayOutputStream copy, OutputStream next) {
        this.copy = copy;
        this.next = next;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        next.write(bytes, offset, length);
        if (copy.size() < MOST) {
            copy.write(bytes, offset, length);
        }
    }
}
