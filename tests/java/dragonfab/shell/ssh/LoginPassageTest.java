package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.Command;
import dragonfab.shell.LocalShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line through a login shell and its words back, as far as bash and sh tell. */
class LoginPassageTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final LoginPassage passage = new LoginPassage(out, err);

    @ParameterizedTest
    @ValueSource(strings = {"it's", "!\\\\n\n\\'", "ü€😀\u0001\t", "", "%s\\0101"})
    void theLineArrivesToTheLetterBehindWhateverIsSaidBefore(String word) {
        var line = "echo welcome; printf noise; echo complaint >&2; "
                + passage.line(Command.of("printf", "<%s>", word).line());
        new LocalShell(Path.of("").toAbsolutePath(), null).execute(Command.of("bash", "-c", line), passage.out(),
                passage.err(), null);

        assertEquals("<" + word + ">", out.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString());
        assertTrue(passage.isThrough());
        assertEquals("welcome", passage.noise());
    }

    @Test
    void itIsOneLineOfPlainLetters() {
        assertTrue(passage.line("a'b\\c!d\ne\u0001ü€").matches("[ -~&&[^!\\\\]]*'([ -&(-~&&[^!]])*'"));
        assertFalse(passage.line("a'b!c").contains("!"));
    }

    @Test
    void withoutTheMarkNothingIsThroughAndTheEndOfWhatWasSaidIsKept() throws IOException {
        for (int i = 0; i < 100_000; i++) {
            passage.out().write("This account is not available.\n".getBytes());
        }
        assertFalse(passage.isThrough());
        assertEquals("", out.toString());
        assertTrue(passage.noise().endsWith("available."), passage.noise());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void howTheBytesAreCutMakesNoDifference(int size) throws IOException {
        var mark = passage.line("true").replaceAll(".*' sh (df-\\w+) '.*", "$1");
        var said = ("set -x: " + mark + " x\nnoise" + mark + "\none\n" + mark + "\ntwo").getBytes();
        for (int begin = 0; begin < said.length; begin += size) {
            passage.out().write(said, begin, Math.min(size, said.length - begin));
        }
        assertEquals("one\n" + mark + "\ntwo", out.toString());
    }
}
