package dragonfab.report;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes to a stream in whole pieces, and always UTF-8: a build server's locale is often C. */
record WholeWriter(PrintStream stream) {
    void write(CharSequence text) {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }
}
