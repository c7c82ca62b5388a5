package dragonfab.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.transfer.TransferContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every world keeps: the same command gives the same bytes and the same end, wherever it runs. */
@Timeout(90)
public interface ShellContract extends TransferContract {
    OutputStream NOWHERE = OutputStream.nullOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 42, 126, 254, 255})
    default void anExitCodeIsTheCommandsOwn(int code) {
        assertEquals(code, shell().ask(Command.script("exit $1", code)).ended().code());
    }

    @Test
    default void aCommandKilledBySignalIsNoSuccess() {
        assertEquals(137, shell().ask(Command.script("sh -c 'kill -KILL $$'; exit $?")).ended().code());
    }

    @Test
    default void aProgramThatIsNotThereAnswers127() {
        assertEquals(127, shell().ask(Command.of("no-such-program-here", "x")).ended().code());
    }

    @Test
    default void outputAndErrorsStayApart() {
        var answer = shell().ask(Command.script("echo out; echo err >&2; echo out2"));

        assertEquals("out\nout2\n", answer.out());
        assertEquals("err\n", answer.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "a\"b", "$HOME", "$(touch /tmp/dragonfab-pwned)", "`touch /tmp/dragonfab-pwned`",
        "two\nlines", "", " blanks ", "-n", "--", "*", "~", "\\", "a\\nb", "ü€😀", ";ls", "&", "|", "#no", "!x", "%s",
        "x'; touch /tmp/dragonfab-pwned; '"})
    default void anArgumentArrivesToTheLetter(String argument) {
        assertEquals(argument + "|", shell().ask(Command.script("printf '%s|' \"$1\"", argument)).out());
        assertEquals(argument, shell().ask(Command.of("printf", "%s", argument)).out());
        assertEquals(1, shell().ask(Command.of("test", "-e", "/tmp/dragonfab-pwned")).ended().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a line\n", "no end of line", "\n\n", "a\n\nb\r\n\n", "ü€😀\n"})
    default void bothStreamsComeToTheByte(String text) {
        var answer = shell().ask(Command.script("printf %s \"$1\"; printf %s \"$1\" >&2", text));

        assertEquals(text, answer.out());
        assertEquals(text, answer.err());
    }

    @Test
    default void noInputIsItsEndAndThereIsNoTerminal() {
        assertEquals("", shell().read(Command.of("cat")));
        assertEquals("111", shell().read(Command.script("for n in 0 1 2; do test -t $n; printf $?; done")));
    }

    @Test
    default void anInputThatNobodyReadsHarmsNobody() {
        var input = new Bytes(new byte[10_000_000]).input();

        assertEquals(3, shell().ask(Command.script("exit 3").reading(input)).ended().code());
        assertEquals("1000", shell().read(Command.script("head -c 1000 | wc -c").reading(input)).strip());
        assertEquals("done", shell().read(Command.script("exec 0<&-; sleep 1; echo done").reading(input)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 10_485_761})
    default void inputArrivesWholeAndComesBackWhole(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        var back = new ByteArrayOutputStream();
        var ended = shell().execute(Command.of("cat").reading(new Bytes(bytes).input()), back, NOWHERE,
                Duration.ofSeconds(60));

        assertEquals(0, ended.code());
        assertArrayEquals(bytes, back.toByteArray());
    }

    @Test
    default void aSecretGoesInByStandardInputAndIsNotShown() {
        var command = Command.script("read -r line; printf '%s' \"$line\" | wc -c").reading(
                Input.of(Secret.of("poison"), "\n"));

        assertEquals("6", shell().ask(command).text().strip());
        assertTrue(!command.toString().contains("poison"));
    }

    @Test
    default void fiveMegabytesOfErrorsDoNotBlockTheOutput() {
        var answer = shell().ask(Command.script("head -c 5000000 /dev/zero | tr '\\0' x >&2; echo done"));

        assertEquals("done\n", answer.out());
        assertTrue(answer.err().length() >= 5_000_000, answer.err().length() + " bytes");
    }

    @Test
    default void anAnswerWithoutAnEndIsAFailureAndTheCommandDoesNotGoOn() throws Exception {
        var mark = "dragonfab-limit-" + System.nanoTime();
        for (var script : List.of("while cat /dev/zero; do :; done # $1", "while cat /dev/zero >&2; do :; done # $1",
                "while yes; do :; done # $1")) {
            var failure = assertThrows(Failure.class, () -> shell().ask(Command.script(script, mark)));

            assertTrue(failure.getMessage().startsWith("it answers without an end: more than 8 MB to "),
                    failure.getMessage());
            awaitEnd(mark);
        }
    }

    @Test
    default void outputComesWhileTheCommandRuns() throws Exception {
        var first = new CompletableFuture<Long>();
        var began = System.nanoTime();
        var out = new OutputStream() {
            @Override
            public void write(int b) {
                first.complete(System.nanoTime() - began);
            }
        };
        shell().execute(Command.script("echo now; sleep 3"), out, NOWHERE, null);
        var whole = System.nanoTime() - began;

        assertTrue(whole - first.get() > 2_000_000_000L, "first byte " + first.get() + " of " + whole + " ns");
    }

    @Test
    default void aCommandPastItsLimitIsAFailureAndDoesNotGoOn() throws Exception {
        var mark = "dragonfab-limit-" + System.nanoTime();
        var failure = assertThrows(Failure.class, () -> shell().execute(
                Command.script("sleep 600 # $1", mark), NOWHERE, NOWHERE, Duration.ofSeconds(2)));

        assertTrue(failure.getMessage().startsWith("took more than 2s"), failure.getMessage());
        awaitEnd(mark);
    }

    @Test
    default void anInterruptIsAFailureAndTheCommandDoesNotGoOn() throws Exception {
        var mark = "dragonfab-limit-" + System.nanoTime();
        var failure = new CompletableFuture<Failure>();
        var thread = new Thread(() -> failure.complete(assertThrows(Failure.class,
                () -> shell().execute(Command.script("sleep 600 # $1", mark), NOWHERE, NOWHERE, null))));
        thread.start();
        for (int i = 0; i < 40 && !running(mark); i++) {
            Thread.sleep(250);
        }
        thread.interrupt();

        assertTrue(failure.get().getMessage().startsWith("interrupted: "), failure.get().getMessage());
        awaitEnd(mark);
    }

    private void awaitEnd(String mark) throws InterruptedException {
        for (int i = 0; i < 40 && running(mark); i++) {
            Thread.sleep(250);
        }
        assertTrue(!running(mark), "the command still runs");
    }

    @Test
    default void anOutputThatCannotBeWrittenIsAFailure() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        var failure = assertThrows(Failure.class,
                () -> shell().execute(Command.script("while :; do echo 4711; done"), full, NOWHERE, null));

        assertTrue(failure.getMessage().endsWith("No space left on device"), failure.getMessage());
    }

    @Test
    default void whatIsTakenSlowlyComesWhole() {
        var slow = new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (size() == 0) {
                    LockSupport.parkNanos(3_500_000_000L);
                }
                super.write(bytes, offset, length);
            }
        };

        assertEquals(0, shell().execute(Command.of("head", "-c", "120000", "/dev/zero"), slow, NOWHERE, null).code());
        assertEquals(120_000, slow.size());
    }

    @Test
    default void aDaemonLeftBehindIsNotWaitedFor() {
        var began = System.nanoTime();

        assertEquals("done", shell().read(Command.script("sleep 25 & echo done")));
        assertTrue(System.nanoTime() - began < 15_000_000_000L, "it waited");
    }

    private boolean running(String mark) {
        // The bracket keeps the question from finding itself.
        return shell().ask(Command.script("ps ax -o args 2>/dev/null | grep -q \"[d]ragonfab-limit-$1\" ",
                mark.substring("dragonfab-limit-".length()))).ok();
    }

    @Test
    default void manyAtOnceAnswerEachTheirOwn() {
        var answers = IntStream.range(0, 20).parallel()
                .mapToObj(n -> shell().ask(Command.script("sleep 0.1; echo $1", n)).text()).toList();

        assertEquals(IntStream.range(0, 20).mapToObj(String::valueOf).toList(), answers);
    }

    @Test
    default void anotherUserHasTheirOwnHomeAndName() {
        var answer = shell().ask(Command.script("id -un; pwd; echo $HOME").as("nobody"));

        assertTrue(answer.out().startsWith("nobody\n"), answer.out() + answer.err());
        assertTrue(!answer.out().contains("root"), answer.out());
    }

    /** Bytes by way of a file, as an upload has them. */
    record Bytes(byte[] bytes) {
        Input input() {
            try {
                var file = java.nio.file.Files.createTempFile("dragonfab-input", "");
                file.toFile().deleteOnExit();
                return Input.file(java.nio.file.Files.write(file, bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
