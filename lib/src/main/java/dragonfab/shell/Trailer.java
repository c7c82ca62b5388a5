package dragonfab.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Standard error on its way through: lines that carry the nonce are taken out and read, all others go on. */
final class Trailer extends OutputStream {
    private final String nonce;
    private final OutputStream next;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean entered;
    private boolean emptyLineHeld;
    private Integer code;
    private String last = "";

    Trailer(String nonce, OutputStream next) {
        this.nonce = nonce;
        this.next = next;
    }

    boolean entered() {
        return entered;
    }

    OptionalInt code() {
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** What stood on standard error when the command never began: lxc-attach's own words. */
    String lastWords(Ended ended) {
        return last.isBlank() ? ended.toString() : last.substring(last.lastIndexOf(": ") + 1).strip();
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (b == '\n') {
            endLine();
        } else {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void endLine() throws IOException {
        var bytes = line.toByteArray();
        line.reset();
        if (isOurs(bytes)) {
            // The wrapper writes a line end before its trailer, in case the command left its last line open.
            emptyLineHeld = false;
            return;
        }
        if (emptyLineHeld) {
            next.write('\n');
        }
        emptyLineHeld = bytes.length == 0;
        if (bytes.length > 0) {
            last = new String(bytes, StandardCharsets.UTF_8);
            next.write(bytes);
            next.write('\n');
            next.flush();
        }
    }

    private boolean isOurs(byte[] bytes) {
        if (bytes.length < nonce.length()) {
            return false;
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.equals(nonce)) {
            entered = true;
            return true;
        }
        if (text.startsWith(nonce + " ")) {
            code = Integer.parseInt(text.substring(nonce.length() + 1));
            return true;
        }
        return false;
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }
}
