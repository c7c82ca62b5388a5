package dragonfab.shell.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.LocalShell;
import dragonfab.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two commands joined, and what becomes of the one when the other ends. */
class RemotePipeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Shell shell = new LocalShell(Path.of("").toAbsolutePath(), null);
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    @Test
    void whatTheOneSaysTheOtherReads() {
        var pipe = join("head -c 5000000 /dev/zero", "wc -c");

        assertTrue(pipe.writing().ok() && pipe.reading().ok(), pipe.toString());
        assertEquals("5000000", heard.toString().strip());
    }

    @Test
    void muchComesUnharmed() {
        var numbers = "seq 4000000";
        var pipe = join(numbers, "sha256sum");

        assertTrue(pipe.writing().ok() && pipe.reading().ok(), pipe.toString());
        assertEquals(shell.read(Command.script(numbers + " | sha256sum")).strip(), heard.toString().strip());
    }

    @Test
    void whatTheReaderHasToReadFirstComesBeforeTheStream() {
        var reader = Command.script("read first; echo \"$first\"; wc -c").reading(Input.of("before\n"));
        var pipe = RemotePipe.of(side("head -c 3000000 /dev/zero"), new RemotePipe.Side(shell, reader, heard),
                out -> out, SOON);

        assertTrue(pipe.writing().ok() && pipe.reading().ok(), pipe.toString());
        assertEquals("before\n3000000", heard.toString().strip());
    }

    @Test
    void aWriterThatIsKilledEndsTheStream() {
        var pipe = assertTimeoutPreemptively(SOON, () -> join("head -c 2000000 /dev/zero; kill -KILL $$", "wc -c"));

        assertEquals(137, pipe.writing().code());
        assertTrue(pipe.reading().ok());
        assertEquals("2000000", heard.toString().strip());
    }

    @Test
    void aReaderThatIsKilledEndsTheWriter() {
        var pipe = assertTimeoutPreemptively(SOON, () -> join("yes", "head -n 1 >/dev/null; kill -KILL $$"));

        assertEquals(137, pipe.reading().code());
    }

    @Test
    void aWriterThatFailsIsKnownThoughTheReaderEndsWell() {
        var pipe = join("echo some; exit 7", "cat");

        assertEquals(7, pipe.writing().code());
        assertTrue(pipe.reading().ok());
    }

    @Test
    void aReaderThatFailsEndsAnEndlessWriter() {
        var pipe = assertTimeoutPreemptively(SOON, () -> join("yes", "head -n 1 >/dev/null; exit 9"));

        assertEquals(9, pipe.reading().code());
    }

    @Test
    void aReaderThatDiesByTheLimitIsTheFailure() {
        var slow = new RemotePipe.Side(shell, Command.script("sleep 60"), heard);
        var failure = assertThrows(Failure.class,
                () -> RemotePipe.of(side("yes"), slow, out -> out, Duration.ofSeconds(1)));

        assertTrue(failure.getMessage().contains("took more than 1s"), failure.getMessage());
    }

    @Test
    void aWireThatBreaksEndsBoth() {
        var failure = assertTimeoutPreemptively(SOON, () -> assertThrows(Failure.class,
                () -> RemotePipe.of(side("yes"), side("cat"), RemotePipeTest::broken, SOON)));

        assertTrue(failure.getMessage().contains("no space"), failure.getMessage());
    }

    @Test
    void anOutputThatCannotBeWrittenEndsTheCommand() {
        var failure = assertTimeoutPreemptively(SOON, () -> assertThrows(Failure.class, () -> shell.execute(
                Command.of("yes"), broken(OutputStream.nullOutputStream()), heard, Duration.ofSeconds(60))));

        assertTrue(failure.getMessage().contains("no space"), failure.getMessage());
    }

    private RemotePipe join(String writer, String reader) {
        return RemotePipe.of(side(writer), side(reader), out -> out, SOON);
    }

    private RemotePipe.Side side(String script) {
        return new RemotePipe.Side(shell, Command.script(script), heard);
    }

    private static OutputStream broken(OutputStream to) {
        return new FilterOutputStream(to) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("no space left");
            }
        };
    }
}
