package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a real host: how they end, what goes in, what comes out, and how they are stopped. */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class SshCommandsTest {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    @TempDir
    static Path folder;
    private static SshUser user;
    private static SshShell shell;

    @BeforeAll
    static void connect() throws IOException {
        user = new SshUser(folder);
        user.knows(22);
        shell = user.connect();
    }

    @AfterAll
    static void close() {
        if (shell != null) {
            shell.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 126, 127, 128, 137, 255})
    void exitCodesComeThrough(int code) {
        assertEquals(ExitStatus.with(code), shell.ask(Command.of("sh", "-c", "exit " + code)).ended());
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL 9", "TERM 15", "SEGV 11", "HUP 1"})
    void aSignalIsTold(String nameAndNumber) {
        var name = nameAndNumber.split(" ")[0];
        var number = Integer.parseInt(nameAndNumber.split(" ")[1]);
        assertEquals(new ExitStatus(128 + number, name),
                shell.ask(Command.script("printf last; kill -$1 $$", name)).ended());
        assertEquals("last", shell.ask(Command.script("printf last; kill -$1 $$", name)).out());
    }

    @Test
    void aCommandThatIsNotThereIsAnAnswer() {
        var answer = shell.ask(Command.of("no-such-command"));
        assertEquals(127, answer.ended().code());
        assertTrue(answer.err().contains("no-such-command"), answer.err());
    }

    @Test
    void argumentsArriveToTheLetter() {
        var nasty = List.of("it's", "a\"b", "$(id)", "`id`", "line\nline\n", "", "-rf", "--", "*", "\\",
                "\\n", "a b",
                "~", "#x", "!!", "{a,b}", "$HOME", "ä€😀", "a;b", "a&b", "|", ">x", "(", "\t", "%s", "A=b");
        for (var word : nasty) {
            assertEquals("<" + word + ">", shell.ask(Command.of("printf", "<%s>", word)).out());
        }
        var all = Command.of("printf", "<%s>").with(nasty.toArray());
        assertEquals("<" + String.join("><", nasty) + ">", shell.ask(all).out());
        assertEquals("<it's>", shell.ask(Command.of("sh", "-c", Command.of("printf", "<%s>", "it's"))).out());
    }

    @Test
    void theCommandMayBeginWithAnAssignmentOrABuiltin() {
        assertEquals("b", shell.ask(Command.of("A=b", "sh", "-c", "printf %s \"$A\"")).out());
        assertEquals(3, shell.ask(Command.of("exit", "3")).ended().code());
    }

    @Test
    void outputAndErrorsStayApart() {
        var answer = shell.ask(Command.script("echo out; echo err >&2; echo ä€😀"));
        assertEquals("out\nä€😀\n", answer.out());
        assertEquals("err\n", answer.err());
    }

    @Test
    void outputComesWhileTheCommandRuns() throws Exception {
        var first = new CompletableFuture<Long>();
        var out = new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                first.complete(System.nanoTime());
            }
        };
        shell.execute(Command.script("echo a; sleep 1"), out, NOWHERE, null);
        assertTrue(System.nanoTime() - first.get() > 800_000_000L, "the first line came too late");
    }

    @Test
    void muchOnStandardErrorDoesNotStopStandardOutput() {
        var out = new ByteArrayOutputStream();
        var err = new Counting();
        var ended = shell.execute(Command.script("head -c 5000000 /dev/zero >&2; echo done"), out, err, null);
        assertEquals(0, ended.code());
        assertEquals("done\n", out.toString());
        assertEquals(5_000_000, err.count);
    }

    @Test
    void fiftyMegabytesComeBackToTheByte() throws Exception {
        var file = shell.read(Command.script("f=$(mktemp); head -c 50000000 /dev/urandom > $f; echo $f"));
        var there = shell.read(Command.of("sha256sum", file)).split(" ")[0];
        var digest = MessageDigest.getInstance("SHA-256");
        var count = new Counting();
        assertEquals(0, shell.execute(Command.of("cat", file), new DigestOutputStream(count, digest),
                NOWHERE, null)
                .code());
        assertEquals(50_000_000, count.count);
        assertEquals(there, HexFormat.of().formatHex(digest.digest()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32767, 32768, 65536, 2_097_152, 2_097_153, 8_020_000, 50_000_000})
    void noByteOfTheInputIsLost(int size) throws Exception {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        var file = folder.resolve("upload-" + size);
        Files.write(file, bytes);
        var local = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        var answer = shell.read(Command.script("cat > /tmp/up; stat -c %s /tmp/up; sha256sum < /tmp/up")
                .reading(Input.file(file)));
        assertEquals(size + "\n" + local + "  -", answer);
        Files.delete(file);
    }

    @Test
    void everyByteValueSurvivesBothWays() throws IOException {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        var file = Files.write(folder.resolve("bytes"), bytes);
        assertArrayEquals(bytes, shell.ask(Command.of("cat").reading(Input.file(file))).bytes());
    }

    @Test
    void aCommandThatDoesNotReadItsInputIsNoTrouble() throws IOException {
        var file = Files.write(folder.resolve("unread"), new byte[5_000_000]);
        assertEquals(7, shell.ask(Command.script("exit 7").reading(Input.file(file))).ended().code());
        assertEquals("late\n", shell.ask(Command.script("exec <&-; sleep 1; echo late")
                .reading(Input.file(file)))
                .out());
    }

    @Test
    void withoutInputTheCommandReadsAnEnd() {
        assertEquals("0\n", shell.ask(Command.script("wc -c")).out());
    }

    @Test
    void secretsGoInByStandardInput() {
        var answer = shell.ask(Command.of("cat").reading(Input.of(Secret.of("s3cret"), "\n")));
        assertEquals("s3cret", answer.text());
    }

    @Test
    void aFileThatCannotBeReadFailsBeforeAnythingRuns() {
        var failure = assertThrows(Failure.class,
                () -> shell.ask(Command.of("touch", "/tmp/touched")
                        .reading(Input.file(folder.resolve("none")))));
        assertEquals("FAILED box: stopped, for its input or output failed on this side: HOME/none",
                user.shown(failure));
        assertEquals(1, shell.ask(Command.of("test", "-e", "/tmp/touched")).ended().code());
    }

    @Test
    void twentyCommandsRunAtOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(20);
        var answers = new ArrayList<java.util.concurrent.Future<String>>();
        for (int i = 0; i < 200; i++) {
            var number = i;
            answers.add(pool.submit(() -> shell.read(Command.script("sleep 0.0$(($1 % 5)); echo $1",
                    number))));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertEquals(String.valueOf(i), answers.get(i).get());
        }
        pool.shutdown();
    }

    @Test
    void aDaemonLeftBehindIsNotWaitedFor() {
        var started = System.nanoTime();
        var answer = shell.ask(Command.script("sleep 20 & echo started"));
        assertEquals("started\n", answer.out());
        assertTrue(System.nanoTime() - started < 6_000_000_000L, "it was waited for");
    }

    @Test
    void aSlowReaderGetsAllThoughTheCommandEndedLongAgo() {
        var slow = new Counting() {
            private boolean slept;

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (!slept) {
                    slept = true;
                    sleep(8000);
                }
                super.write(bytes, offset, length);
            }
        };
        shell.execute(Command.of("head", "-c", "16800000", "/dev/zero"), slow, NOWHERE, null);
        assertEquals(16_800_000, slow.count);
    }

    @Test
    void othersAreReachedBySudo() {
        try (var deploy = SshShell.connect(user.settings("deploy", 0))) {
            assertEquals("deploy", deploy.login());
            assertEquals("deploy", deploy.read(Command.of("id", "-un")));
            assertEquals("root", deploy.read(Command.of("id", "-un").asRoot()));
            assertEquals("typist", deploy.read(Command.of("id", "-un").as("typist")));
        }
        assertEquals("typist", shell.read(Command.of("id", "-un").as("typist")));
    }

    @Test
    void aPasswordIsTypedForSudoAndNeverReachesTheCommand() {
        try (var typist = SshShell.connect(user.settings("typist", 0).sudo(Secret.of("s3cret word")))) {
            assertEquals("root", typist.read(Command.of("id", "-un").asRoot()));
            assertEquals("payload", typist.read(Command.of("cat").reading(Input.of("payload")).asRoot()));
            assertEquals("payload", typist.read(Command.of("cat").reading(Input.of("payload"))));
        }
        try (var free = SshShell.connect(user.settings("deploy", 0).sudo(Secret.of("s3cret word")))) {
            assertEquals("payload", free.read(Command.of("cat").reading(Input.of("payload")).asRoot()));
        }
    }

    @Test
    void aTerminalIsHandedOverBySsh() {
        assertEquals(42, shell.interact(Command.script("exit 42")));
    }

    @Test
    void aHostWithOneSessionOnlyIsObeyed() throws Exception {
        SshHost.it().listen(2292, "PermitRootLogin yes", "MaxSessions 1");
        user.knows(2292);
        var pool = Executors.newFixedThreadPool(5);
        try (var narrow = SshShell.connect(user.settings(null, 2292))) {
            var answers = new ArrayList<java.util.concurrent.Future<String>>();
            for (int i = 0; i < 20; i++) {
                var number = i;
                answers.add(pool.submit(() -> narrow.read(Command.of("echo", number))));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertEquals(String.valueOf(i), answers.get(i).get());
            }
        } finally {
            pool.shutdown();
            user.knows(22);
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static class Counting extends OutputStream {
        long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
