package dragonfab.shell.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.LocalShell;
import dragonfab.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two commands that talk, and what becomes of the one when the other ends. */
class DuplexPipeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Shell shell = new LocalShell(Path.of("").toAbsolutePath(), null);
    private final ByteArrayOutputStream callers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream callees = new ByteArrayOutputStream();

    @Test
    void theFirstLineChoosesAndTheRestIsTalk() {
        var pipe = talk("echo double; for n in 1 2 3; do echo $n; read answer; echo got $answer >&2; done",
                "while read n; do echo $((2 * n)); done");

        assertTrue(pipe.ok(), pipe.toString());
        assertEquals("got 2\ngot 4\ngot 6\n", callers.toString());
        assertEquals("double\n", callees.toString());
    }

    @Test
    void manyBytesGoBothWaysAtOnce() {
        var pipe = talk("exec 3<&0; echo x; head -c 30000000 /dev/zero & head -c 20000000 <&3 | wc -c >&2; wait",
                "exec 3<&0; head -c 20000000 /dev/zero & head -c 30000000 <&3 | wc -c >&2; wait");

        assertTrue(pipe.ok(), pipe.toString());
        assertEquals("20000000\n", callers.toString());
        assertEquals("\n30000000\n", callees.toString());
    }

    @Test
    void aCallerThatSaysNoLineIsToldAlone() {
        var pipe = talk("echo unhappy >&2; exit 5", "cat");

        assertEquals(new DuplexPipe(ExitStatus.with(5), Optional.empty()), pipe);
        assertFalse(pipe.ok());
        assertEquals("unhappy\n", callers.toString());
    }

    @Test
    void aCalleeThatFailsEndsAnEndlessCaller() {
        var pipe = talk("exec 3<&0; echo x; yes & cat <&3 >/dev/null; kill $!; exit 3", "exit 9");

        assertEquals(new DuplexPipe(ExitStatus.with(3), Optional.of(ExitStatus.with(9))), pipe);
    }

    @Test
    void aCallerThatFailsEndsTheCallee() {
        var pipe = talk("echo x; exit 4", "cat >/dev/null; exit 6");

        assertEquals(new DuplexPipe(ExitStatus.with(4), Optional.of(ExitStatus.with(6))), pipe);
    }

    @Test
    void aLineThatIsRefusedEndsTheCaller() {
        var failure = assertTimeoutPreemptively(SOON, () -> assertThrows(Failure.class, () -> DuplexPipe.of(
                side("echo rm -rf /; cat", callers), line -> {
                    throw Failure.failed("local", "not " + line);
                }, SOON)));

        assertEquals("not rm -rf /", failure.getMessage());
    }

    @Test
    void aCalleeThatTakesTooLongIsTheFailure() {
        var failure = assertTimeoutPreemptively(SOON, () -> assertThrows(Failure.class, () -> DuplexPipe.of(
                side("echo x; cat", callers), line -> side("sleep 60", callees), Duration.ofSeconds(1))));

        assertTrue(failure.getMessage().contains("took more than 1s"), failure.getMessage());
    }

    private DuplexPipe talk(String caller, String callee) {
        return assertTimeoutPreemptively(SOON, () -> DuplexPipe.of(side(caller, callers),
                line -> side("echo \"" + line.replace("x", "") + "\" >&2; " + callee, callees), SOON));
    }

    private RemotePipe.Side side(String script, OutputStream stderr) {
        return new RemotePipe.Side(shell, Command.script(script), stderr);
    }
}
