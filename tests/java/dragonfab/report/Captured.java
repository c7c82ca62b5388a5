package dragonfab.report;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A stream to write to, and the text that it got; its own charset spoils everything but ASCII. */
final class Captured {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.US_ASCII);

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What came since the last time. */
    String taken() {
        var text = text();
        bytes.reset();
        return text;
    }
}
