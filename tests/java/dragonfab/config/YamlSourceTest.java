package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlSourceTest {
    private static final String GOOD = "environments:\n  staging:\n    lxc: guestbook\n";

    @TempDir
    Path folder;

    @Test
    void aByteOrderMark() {
        assertEquals("environments.yml:1: begins with a byte order mark; save it as UTF-8 without one",
                said("\uFEFF" + GOOD));
    }

    @Test
    void bytesThatAreNotUtf8() {
        var bytes = (GOOD + "# caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);

        assertEquals("environments.yml:4: is not UTF-8 text", said(bytes));
    }

    @Test
    void aBinaryFile() {
        assertEquals("environments.yml:1: holds the control character U+0000",
                said(new byte[] {'a', 0, 1, 2}));
    }

    @Test
    void controlCharactersAndLineEndsThatEditorsDoNotCount() {
        assertEquals("environments.yml:4: holds the control character U+001B", said(GOOD + "# \u001b[31m\n"));
        assertEquals("environments.yml:4: holds the control character U+0085", said(GOOD + "#\u0085a: b\n"));
        assertEquals("environments.yml:4: holds the control character U+2028", said(GOOD + "#\u2028a: b\n"));
        assertEquals("environments.yml:4: holds the control character U+000D", said(GOOD + "#\ra: b\n"));
    }

    @Test
    void aFileThatIsTooLarge() {
        assertEquals("environments.yml: larger than 1 MB", said(GOOD + "#".repeat(1 << 20)));
    }

    @Test
    void nestingThatIsTooDeep() {
        assertEquals("environments.yml:2: goes more than 20 levels deep",
                said("environments:\n  staging: " + "[".repeat(100_000)));
        assertEquals("environments.yml:2: goes more than 20 levels deep",
                said("environments:\n  staging: " + "{a: ".repeat(30) + "}".repeat(30)));
    }

    @Test
    void aFileThatIsNotThere() {
        var missing = folder.resolve("none.yml");

        assertEquals(missing + ": no such file", Written.refused(() -> Environments.load(missing)));
    }

    @Test
    void aFolder() {
        assertEquals(folder + ": is a folder", Written.refused(() -> Environments.load(folder)));
    }

    @Test
    void windowsLineEndsAndLettersOfAllAlphabetsAreFine() {
        var text = (GOOD + "    db_name: g\u00e4stebuch \ud83d\udcd6\n").replace("\n", "\r\n");

        var environments = new Written(folder).load(text);

        assertEquals(List.of("staging"), environments.names());
        assertEquals("g\u00e4stebuch \ud83d\udcd6",
                environments.environment("staging", Map.of()).get(Key.DB_NAME));
    }

    private String said(String text) {
        return said(text.getBytes(StandardCharsets.UTF_8));
    }

    private String said(byte[] bytes) {
        var said = Written.refused(() -> Environments.load(written(bytes)));
        assertEquals("environments.yml: 1 problem", said.lines().findFirst().orElseThrow());
        return said.lines().skip(1).findFirst().orElseThrow();
    }

    private Path written(byte[] bytes) {
        try {
            return Files.write(folder.resolve("environments.yml"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
