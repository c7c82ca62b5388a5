package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a b  c", "'a b' c", "a\\ b", "\"a b\"c", "''", "\"\" a", "a'b'\"c\"\\d",
        "'\\' x", "\"\\\" \\\\ \\a\"", "a\tb\nc", "  a  ", "--x='y z'", "'a\"b' \"c'd\"", "\\'"})
    void areThoseOfAShell(String line) throws IOException, InterruptedException {
        var script = "for w in " + line.replace("\n", " ") + "; do printf '%s\\n' \"$w\"; done";
        var shell = new ProcessBuilder("sh", "-c", script).start();
        var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();

        assertEquals(said, String.join("\n", ShellWords.of(line)) + "\n");
    }

    @Test
    void comeBackFromTheirJoinedForm() {
        var words = List.of("a b", "it's", "", "$x", "--y=z");

        assertEquals("'a b' 'it'\\''s' '' '$x' --y=z", ShellWords.joined("a b", words.subList(1, 5)));
        assertEquals(words, ShellWords.of(ShellWords.joined("a b", words.subList(1, 5))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a", "a\\", "\"a\\\""})
    void areNoneInAnOpenLine(String line) {
        assertThrows(IllegalArgumentException.class, () -> ShellWords.of(line));
    }
}
