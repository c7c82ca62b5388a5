package dragonfab;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** An output on its way, with somebody told how many bytes have passed. */
final class Watched extends FilterOutputStream {
    private final LongConsumer listener;
    private long passed;

    Watched(OutputStream out, LongConsumer listener) {
        super(out);
        this.listener = listener;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        passed += length;
        listener.accept(passed);
    }
}
