package dragonfab.shell.stream;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream into lines while it comes; a carriage return ends a line too, as progress displays use it. */
public final class LineSplitter extends OutputStream {
    /** A program that writes no line ends must not fill our memory. */
    private static final int LONGEST = 16 * 1024;

    private final Consumer<String> each;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public LineSplitter(Consumer<String> each) {
        this.each = each;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        var begin = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                add(bytes, begin, i - begin);
                end();
                begin = i + 1;
            }
        }
        add(bytes, begin, offset + length - begin);
    }

    private void add(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length;) {
            var size = Math.min(length - done, LONGEST - line.size());
            line.write(bytes, offset + done, size);
            done += size;
            if (line.size() == LONGEST) {
                end();
            }
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
