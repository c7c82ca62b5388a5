package dragonfab.files;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text of the project: UTF-8, whatever editor wrote it; what is none is named with its line, and never guessed at. */
public final class TextFile {
    private static final String MARK = "\uFEFF";

    private TextFile() {
    }

    /** Without a byte order mark; its line ends stay. */
    public static String read(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            if (bytes.length > 1 && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
                    || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)) {
                throw Failure.usage(file.toString(), "is UTF-16, and should be UTF-8");
            }
            return withoutMark(decoded(file, bytes));
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }

    /** The same for a text that was read elsewhere. */
    public static String withoutMark(String text) {
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    /** Its lines end as they do on this machine. */
    public static String readLines(Path file) {
        return read(file).replace("\r\n", "\n");
    }

    private static String decoded(Path file, byte[] bytes) {
        var letters = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(letters).toString();
        } catch (CharacterCodingException wrong) {
            // The decoder stops where the first wrong letter begins.
            int line = 1;
            for (int i = 0; i < letters.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw Failure.usage(file + ":" + line, "is not UTF-8");
        }
    }
}
