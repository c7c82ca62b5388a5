package dragonfab.shell.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes the first line out of a stream; all that follows goes on as it is. */
public final class FirstLineReader extends OutputStream {
    private static final int LONGEST = 8192;

    private final OutputStream next;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final CompletableFuture<Optional<String>> line = new CompletableFuture<>();

    public FirstLineReader(OutputStream next) {
        this.next = next;
    }

    /** Empty when the stream ended first. */
    public CompletableFuture<Optional<String>> line() {
        return line;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int begin = offset;
        while (!line.isDone() && begin < offset + length) {
            byte b = bytes[begin++];
            said.write(b);
            if (b == '\n' || said.size() == LONGEST) {
                line.complete(Optional.of(said.toString(StandardCharsets.UTF_8).stripTrailing()));
            }
        }
        if (begin < offset + length) {
            next.write(bytes, begin, offset + length - begin);
        }
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }

    /** The caller ended: so does the stream, and whoever waits for its line learns that none will come. */
    @Override
    public void close() {
        try {
            next.close();
        } catch (IOException alreadyClosed) {
            // There is nothing more to say.
        }
        line.complete(Optional.empty());
    }
}
