package dragonfab.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Standard error of a command behind a program whose own exit code proves nothing: the command's shell says when it
 * begins, and how it ended.
 *
 * <p>These words stand behind a nonce, and are taken out; all others go on to the byte. What comes before the
 * beginning is the program's, and is kept for the message that says why there was none.
 */
public final class ExitStatusTrailer extends OutputStream {
    /** By it the script is known among the words of a command. */
    static final String MARK = "df-";
    private static final String SCRIPT = """
            printf '%s\\n' "$0" >&2
            "$@"
            s=$?
            printf '%s %s\\n' "$0" "$s" >&2
            exit "$s"
            """;

    private static final int LONGEST = 1 << 16;
    /** A blank and three digits. */
    private static final int CODE = 4;

    private final String nonce = MARK + UUID.randomUUID();
    private final Pattern ours = Pattern.compile(nonce + "( (?<code>\\d{1,3}))?\n$");
    private final OutputStream next;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean entered;
    private Integer code;
    private String last = "";

    public ExitStatusTrailer(OutputStream next) {
        this.next = next;
    }

    /** The command, in the shell that tells of it. */
    public Command around(Command command) {
        return command.behind("sh", "-c", SCRIPT, nonce);
    }

    /** The command, behind another of that shell. */
    Command around(Command command, String first) {
        return command.behind("sh", "-c", first + "\n" + SCRIPT, nonce);
    }

    public synchronized boolean entered() {
        return entered;
    }

    /** Empty when nobody said how the command ended. */
    public synchronized OptionalInt code() {
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** The last line before the command began; blank when there was none. */
    public synchronized String lastWords() {
        return (line.size() > 0 && !entered ? line.toString(StandardCharsets.UTF_8) : last).strip();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        var end = offset + length;
        var rest = end;
        while (rest > offset && bytes[rest - 1] != '\n') {
            rest--;
        }
        line.write(bytes, offset, rest - offset);
        if (rest > offset) {
            endLines();
        }
        line.write(bytes, rest, end - rest);
        if (line.size() > LONGEST) {
            passAllBut(nonce.length() + CODE);
        }
    }

    /** Of a line without an end only what may be the beginning of ours is held back. */
    private void passAllBut(int held) throws IOException {
        var open = line.toByteArray();
        line.reset();
        if (entered) {
            next.write(open, 0, open.length - held);
        }
        line.write(open, open.length - held, held);
    }

    private void endLines() throws IOException {
        // One character for each byte, so that none is harmed.
        var text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        if (entered && !text.contains(nonce)) {
            pass(text);
            return;
        }
        for (int begin = 0, end; begin < text.length(); begin = end) {
            end = text.indexOf('\n', begin) + 1;
            endLine(text.substring(begin, end));
        }
    }

    private void endLine(String text) throws IOException {
        // The command may have left its last line open: ours begins where that one stops.
        var found = ours.matcher(text);
        if (found.find()) {
            heard(found.group("code"));
            pass(text.substring(0, found.start()));
        } else if (entered) {
            // The shell's own errors begin with the name it was given.
            pass(text.replace(nonce, "sh"));
        } else {
            last = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    private void pass(String text) throws IOException {
        if (entered && !text.isEmpty()) {
            next.write(text.getBytes(StandardCharsets.ISO_8859_1));
            next.flush();
        }
    }

    private void heard(String said) {
        entered = true;
        if (said != null) {
            code = Integer.parseInt(said);
        }
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }
}
