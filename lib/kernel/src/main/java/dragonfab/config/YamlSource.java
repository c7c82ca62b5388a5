package dragonfab.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The letters of the file, when lines can be counted in them and a parser can be let loose on them. */
final class YamlSource {
    static final int LARGEST = 1 << 20;

    private YamlSource() {
    }

    /** Null after telling a problem. */
    static String text(Path file, Problems problems) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            return wrong(0, "larger than 1 MB", problems);
        }
        var text = decoded(bytes, problems);
        return text == null || strange(text, problems) ? null : text;
    }

    private static String decoded(byte[] bytes, Problems problems) {
        var in = ByteBuffer.wrap(bytes);
        var out = java.nio.CharBuffer.allocate(bytes.length);
        var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            var line = 1 + out.flip().chars().filter(letter -> letter == '\n').count();
            return wrong((int) line, "is not UTF-8 text", problems);
        }
        return out.flip().toString();
    }

    private static boolean strange(String text, Problems problems) {
        if (text.startsWith("\uFEFF")) {
            wrong(1, "begins with a byte order mark; save it as UTF-8 without one", problems);
            return true;
        }
        var line = 1;
        for (int i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (letter == '\n') {
                line++;
            } else if (strange(letter) || letter == '\r' && !text.startsWith("\n", i + 1)) {
                wrong(line, String.format("holds the control character U+%04X", (int) letter), problems);
                return true;
            }
        }
        return false;
    }

    /** Also those that YAML takes for line ends and editors do not: lines would be counted wrong. */
    private static boolean strange(char letter) {
        return letter < ' ' && letter != '\t' && letter != '\r' || letter >= 0x7f && letter < 0xa0
                || letter == '\u2028' || letter == '\u2029' || letter >= '\uFFFE' || letter == '\uFEFF';
    }

    private static String wrong(int line, String text, Problems problems) {
        problems.add(line, "", text);
        return null;
    }
}
