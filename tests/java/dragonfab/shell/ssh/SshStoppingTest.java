package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that do not end by themselves: by a limit, an interrupt, a lost connection, or the end of the run.
 */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class SshStoppingTest {
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

    @Test
    void theLimitEndsWhatRunsThere() {
        var started = System.nanoTime();
        var failure = stopped(shell, Command.script("sleep 4712; true"));
        assertEquals("FAILED box: took more than 1s: sh -c 'sleep 4712; true' sh\n"
                + "try: ssh -F HOME/config box\nor: jbang @dragonfab --timeout 2",
                user.shown(failure));
        assertTrue(System.nanoTime() - started < 8_000_000_000L, "it took long to stop");
        assertEquals("", running("sleep 4712"));
    }

    @Test
    void theLimitEndsEvenWhatIgnoresTermination() {
        stopped(shell, Command.script("trap '' TERM; sleep 4713; sleep 4713"));
        assertEquals("", running("sleep 4713"));
    }

    @Test
    void theLimitEndsOneCommandAndNoOther() throws Exception {
        var other = CompletableFuture.supplyAsync(() -> shell.ask(Command.script("sleep 3; echo fine"))
                .out());
        stopped(shell, Command.of("sleep", "4714"));
        assertEquals("fine\n", other.get());
    }

    @Test
    void theLimitEndsWhatRunsAsAnotherUser() {
        try (var deploy = SshShell.connect(user.settings("deploy", 0))) {
            stopped(deploy, Command.script("trap '' TERM; sleep 4715; true").asRoot());
            assertEquals("", running("sleep 4715"));
            stopped(deploy, Command.of("sleep", "4715"));
            assertEquals("", running("sleep 4715"));
        }
    }

    @Test
    void anInterruptEndsWhatRunsThere() throws Exception {
        var failure = new CompletableFuture<Failure>();
        var thread = new Thread(() -> {
            try {
                shell.execute(Command.of("sleep", "4716"), NOWHERE, NOWHERE, null);
            } catch (Failure e) {
                failure.complete(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        thread.start();
        SshHost.Local.await(() -> running("sleep 4716"));
        thread.interrupt();
        assertEquals("FAILED box: interrupted: sleep 4716", user.shown(failure.get()));
        SshHost.Local.await(() -> running("sleep 4716").isEmpty() ? "gone" : "");
        assertEquals("fine", shell.read(Command.of("echo", "fine")));
    }

    @Test
    void anOutputThatCannotBeWrittenStopsTheCommand() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        var failure = assertThrows(Failure.class,
                () -> shell.execute(Command.of("sh", "-c", "while :; do echo 4711; done"), full, NOWHERE,
                        null));
        assertEquals("FAILED box: stopped, for its input or output failed on this side: No space left"
                + " on device",
                user.shown(failure));
        assertEquals("", running("echo 4711"));
    }

    @Test
    void aServerThatDiesInTheMiddleIsALostConnection() {
        SshHost.it().listen(2290, "PermitRootLogin yes");
        assertTrue(lost("pkill -KILL -P $(cat /run/sshd-2290.pid) sshd").matches("FAILED box: connection lost"
                + " \\(the other side (closed|reset) it\\) while it ran sleep 4717"));
    }

    @Test
    void aHostThatFallsSilentIsALostConnection() {
        SshHost.it().listen(2291, "PermitRootLogin yes");
        try {
            assertEquals("FAILED box: connection lost (no answer for 3s) while it ran sleep 4717",
                    lost("pkill -STOP -P $(cat /run/sshd-2291.pid) sshd"));
        } finally {
            SshHost.it().run("pkill -CONT sshd");
        }
    }

    private static String lost(String step) {
        var port = step.contains("2290") ? 2290 : 2291;
        try {
            user.knows(port);
            var other = SshShell.connect(user.settings(null, port).named("box").alive(Duration.ofSeconds(1),
                    3));
            var failure = CompletableFuture.supplyAsync(() -> assertThrows(ConnectionLost.class,
                    () -> other.execute(Command.of("sleep", "4717"), NOWHERE, NOWHERE, null)));
            SshHost.Local.await(() -> running("sleep 4717"));
            SshHost.it().run(step + "; pkill -f 'sleep 471[7]' || true");
            var said = user.shown(failure.join());
            var again = assertThrows(ConnectionLost.class, () -> other.ask(Command.of("true")));
            assertTrue(again.getMessage().endsWith("while it ran true"), again.getMessage());
            var started = System.nanoTime();
            other.close();
            assertTrue(System.nanoTime() - started < 3_000_000_000L, "close hung");
            return said;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            try {
                user.knows(22);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aScriptThatIsCutOffIsToldByItsName() throws Exception {
        var other = user.connect();
        var lost = CompletableFuture.supplyAsync(() -> assertThrows(ConnectionLost.class, () -> other.execute(
                waiting("exec sleep 4719"), NOWHERE, NOWHERE, null)));
        SshHost.Local.await(() -> running("sleep 4719"));
        other.close();
        assertEquals("connection lost (it was closed here) while it ran waiting long", lost.get().getMessage());
        assertEquals("took more than 1s: waiting long", stopped(shell, waiting("exec sleep 4720")).getMessage());
    }

    @Test
    void closingIsQuickAndEndsEverything() throws Exception {
        var other = user.connect();
        var lost = CompletableFuture.supplyAsync(() -> assertThrows(ConnectionLost.class,
                () -> other.execute(Command.of("sleep", "4718"), NOWHERE, NOWHERE, null)));
        SshHost.Local.await(() -> running("sleep 4718"));
        var started = System.nanoTime();
        other.close();
        assertTrue(System.nanoTime() - started < 1_500_000_000L, "close hung");
        assertEquals("connection lost (it was closed here) while it ran sleep 4718", lost.get().getMessage());
        other.close();
    }

    private static Command waiting(String text) {
        return Command.script("waiting", text, new Object[] {"long"});
    }

    private static Failure stopped(SshShell shell, Command command) {
        return assertThrows(Failure.class,
                () -> shell.execute(command, NOWHERE, NOWHERE, Duration.ofSeconds(1)));
    }

    private static String running(String command) {
        return SshHost.it().run("pgrep -f '^" + command + "' || true");
    }
}
