package dragonfab.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a command, told beside its errors. */
class ExitStatusTrailerTest {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final ExitStatusTrailer trailer = new ExitStatusTrailer(heard);

    @ParameterizedTest
    @ValueSource(strings = {"", "a line\n", "no end of line", "\n", "\n\n", "a\n\nb\n\n", "ü€😀", "a\r\nb"})
    void errorsComeThroughToTheByte(String errors) {
        assertEquals(ExitStatus.with(0), run(Command.script("printf '%s' \"$1\" >&2; exit 7", errors)));

        assertEquals(errors, heard.toString(StandardCharsets.UTF_8));
        assertEquals(OptionalInt.of(7), trailer.code());
    }

    @Test
    void whatComesBeforeTheCommandIsKeptForTheMessage() throws Exception {
        trailer.write("Connection refused\n".getBytes());

        assertFalse(trailer.entered());
        assertEquals("Connection refused", trailer.lastWords());
        assertEquals(OptionalInt.empty(), trailer.code());
        assertEquals("", heard.toString());
    }

    @Test
    void theShellsOwnErrorsComeUnderItsName() {
        run(Command.of("no-such-program-here"));

        assertEquals(OptionalInt.of(127), trailer.code());
        assertTrue(heard.toString().matches("sh: .*no-such-program-here.*\\n"), heard.toString());
    }

    @Test
    void aSignalIsCountedAsShellsCount() {
        run(Command.script("kill -9 $$"));

        assertTrue(trailer.entered());
        assertEquals(OptionalInt.of(137), trailer.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 1000})
    void howTheBytesAreCutMakesNoDifference(int size) throws Exception {
        var nonce = trailer.around(Command.of("true")).words().stream().map(Word::shown)
                .filter(word -> word.startsWith("df-")).findFirst().orElseThrow();
        var said = ("before\n" + nonce + "\none\n\n" + nonce + ": two: not found\nü three" + nonce + " 5\nafter\nopen")
                .getBytes(StandardCharsets.UTF_8);
        for (int begin = 0; begin < said.length; begin += size) {
            trailer.write(said, begin, Math.min(size, said.length - begin));
        }
        assertEquals("one\n\nsh: two: not found\nü threeafter\n", heard.toString(StandardCharsets.UTF_8));
        assertEquals(OptionalInt.of(5), trailer.code());
        assertEquals("before", trailer.lastWords());
    }

    /** Behind a program that ends with 0 whatever happens. */
    private ExitStatus run(Command command) {
        return new LocalShell(Path.of("").toAbsolutePath(), null).execute(
                Command.of("sh", "-c", "\"$@\"; exit 0", "sh").with(trailer.around(command).words().toArray()),
                OutputStream.nullOutputStream(), trailer, null);
    }

}
