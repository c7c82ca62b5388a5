package dragonfab.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.deb.DebSource;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFileTest {
    @TempDir
    Path folder;

    private Path file(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("file"), text.getBytes(charset));
    }

    @Test
    void aByteOrderMarkIsNoLetter() throws IOException {
        var file = file("\uFEFFgr\u00fc\u00dfe\r\n\uFEFF", StandardCharsets.UTF_8);

        assertEquals("gr\u00fc\u00dfe\r\n\uFEFF", TextFile.read(file));
        assertEquals("gr\u00fc\u00dfe\n\uFEFF", TextFile.readLines(file));
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, ':3: is not UTF-8'", "windows-1252, ':3: is not UTF-8'",
        "UTF-16, ': is UTF-16, and should be UTF-8'"})
    void anotherEncodingIsNamedWithItsLine(String charset, String words) throws IOException {
        var file = file("one\ntwo\ngr\u00fc\u00dfe\nfour\n", Charset.forName(charset));

        var failure = assertThrows(Failure.class, () -> TextFile.read(file));

        assertEquals(file + words, failure.place() + ": " + failure.getMessage());
    }

    @Test
    void aChangelogOfAnotherEditorIsRead() throws IOException {
        Files.createDirectories(folder.resolve("debian"));
        Files.writeString(folder.resolve("debian/changelog"), "\uFEFFshop (1.0) bookworm; urgency=medium\r\n");
        Files.writeString(folder.resolve("debian/control"), "\uFEFFSource: shop\r\n\r\nPackage: shop\r\n");

        assertEquals("1.0", DebSource.of(folder).version().text());
        assertEquals("Source: shop\n\nPackage: shop\n", DebSource.of(folder).control());
    }
}
