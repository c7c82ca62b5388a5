package dragonfab;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream into lines while it comes; a carriage return ends a line too, as progress displays use it. */
final class Lines extends OutputStream {
    /** A program that writes no line ends must not fill our memory. */
    private static final int LONGEST = 16 * 1024;

    private final Consumer<String> each;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> each) {
        this.each = each;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n' || b == '\r') {
            end();
        } else {
            line.write(b);
            if (line.size() >= LONGEST) {
                end();
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void end() {
        if (line.size() > 0) {
            var text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            each.accept(text);
        }
    }

    @Override
    public synchronized void close() {
        end();
    }
}
