package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ssh.openssh.ControlMaster;
import dragonfab.shell.ssh.openssh.OpenSshShell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a real host by the system's ssh: one connection for all of them, and their ends. */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class OpenSshHostTest {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    @TempDir
    Path folder;
    private SshUser user;

    @BeforeEach
    void person() throws IOException {
        user = new SshUser(folder);
        user.knows(22);
    }

    @Test
    void allCommandsShareOneConnectionThatEndsWithTheShell() throws IOException {
        SshHost.it().listen(2400, "PermitRootLogin yes");
        user.knows(2400);
        var connections = "pgrep -f -c '^sshd: root' -P $(cat /run/sshd-2400.pid) || true";
        try (var shell = connect(user.settings(null, 2400))) {
            var answers = IntStream.range(0, 20).parallel()
                    .mapToObj(n -> shell.read(Command.script("sleep 0.2; echo $1", n))).toList();
            assertEquals(IntStream.range(0, 20).mapToObj(String::valueOf).toList(), answers);
            assertEquals("1\n", SshHost.it().run(connections));
        }
        SshHost.Local.await(() -> SshHost.it().run(connections).equals("0\n") ? "closed" : "");
    }

    @Test
    void theSocketIsNobodyElsesAndNothingIsLeftOfIt() throws IOException {
        var before = folders();
        try (var shell = connect(user.settings(null, 0))) {
            var ours = folders().stream().filter(name -> !before.contains(name)).toList();
            assertEquals(1, ours.size(), ours.toString());
            assertEquals("rwx------", java.nio.file.attribute.PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(ours.get(0))));
            assertEquals("fine", shell.read(Command.of("echo", "fine")));
        }
        assertEquals(before, folders());
    }

    @Test
    void aSocketsPathIsNeverTooLong() throws IOException {
        var deep = Files.createDirectories(folder.resolve("d".repeat(60)).resolve("d".repeat(30)));
        var odd = Files.createDirectories(folder.resolve("with %h"));
        for (var base : List.of(deep, odd)) {
            var taken = ControlMaster.folder(base);
            assertEquals(Path.of("/tmp"), taken.getParent());
            Files.delete(taken);
            try (var left = Files.list(base)) {
                assertEquals(0, left.count());
            }
        }
    }

    @Test
    void aConnectionThatWasIdleForLongIsOpenedAgain() throws IOException {
        var before = folders();
        try (var shell = connect(user.settings(null, 0))) {
            var ours = folders().stream().filter(name -> !before.contains(name)).findFirst().orElseThrow();
            var socket = ours.resolve("s");
            SshHost.Local.run("ssh", "-S", socket.toString(), "-O", "exit", "box");
            SshHost.Local.await(() -> Files.exists(socket) ? "" : "gone");
            assertEquals("fine", shell.read(Command.of("echo", "fine")));
            assertTrue(Files.exists(socket));
        }
    }

    @Test
    void aHostWithOneSessionOnlyIsObeyed() throws IOException {
        SshHost.it().listen(2401, "PermitRootLogin yes", "MaxSessions 1");
        user.knows(2401);
        try (var shell = connect(user.settings(null, 2401))) {
            var answers = IntStream.range(0, 8).parallel()
                    .mapToObj(n -> shell.ask(Command.script("sleep 0.2; echo $1; echo err >&2", n))).toList();
            for (int i = 0; i < 8; i++) {
                assertEquals(i + "\n", answers.get(i).out());
                assertEquals("err\n", answers.get(i).err());
            }
        }
    }

    @Test
    void whatTheUsersConfigurationAsksOfALoginDoesNotDisturb() throws IOException {
        user.config("RemoteCommand echo remote\nRequestTTY force\nControlMaster auto\nControlPath " + user.file("own")
                + "\nLocalForward 127.0.0.1:9 127.0.0.1:9\nForwardAgent yes\nPermitLocalCommand yes"
                + "\nLocalCommand echo local\nLogLevel QUIET");
        try (var shell = connect(user.settings(null, 0))) {
            var answer = shell.ask(Command.script("test -t 0 || echo \"no terminal$SSH_AUTH_SOCK\""));
            assertEquals("no terminal\n", answer.out());
            assertEquals("", answer.err());
        }
        assertFalse(Files.exists(user.file("own")));
    }

    @Test
    void othersAreReachedBySudo() {
        try (var deploy = connect(user.settings("deploy", 0).sudo(Secret.of("s3cret word")))) {
            assertEquals("deploy", deploy.login());
            assertEquals("root", deploy.read(Command.of("id", "-un").asRoot()));
            assertEquals("payload", deploy.read(Command.of("cat").reading(Input.of("payload")).asRoot()));
        }
        try (var typist = connect(user.settings("typist", 0).sudo(Secret.of("s3cret word")))) {
            assertEquals("root", typist.read(Command.of("id", "-un").asRoot()));
            assertEquals("payload", typist.read(Command.of("cat").reading(Input.of("payload")).asRoot()));
            assertEquals("payload", typist.read(Command.of("cat").reading(Input.of("payload"))));
        }
        try (var root = connect(user.settings(null, 0))) {
            assertEquals("typist", root.read(Command.of("id", "-un").as("typist")));
        }
    }

    @Test
    void theLimitEndsWhatRunsThereWhoeverRunsIt() {
        try (var deploy = connect(user.settings("deploy", 0))) {
            var failure = late(deploy, Command.script("sleep 4812; true"));
            assertEquals("FAILED deploy@box: took more than 1s: sh -c 'sleep 4812; true' sh\n"
                    + "try: ssh -F HOME/config deploy@box\nor: jbang @dragonfab --timeout 2",
                    user.shown(failure));
            late(deploy, Command.script("trap '' TERM; sleep 4812; true").asRoot());
            assertEquals("", SshHost.it().run("pgrep -f '^sleep 4812' || true"));
            assertEquals("fine", deploy.read(Command.of("echo", "fine")));
        }
    }

    private static Failure late(OpenSshShell shell, Command command) {
        return assertThrows(Failure.class, () -> shell.execute(command, NOWHERE, NOWHERE, Duration.ofSeconds(1)));
    }

    @Test
    void aTerminalIsHandedOver() {
        try (var shell = connect(user.settings(null, 0))) {
            assertEquals(42, shell.interact(Command.script("exit 42")));
        }
    }

    @Test
    void aServerThatDiesInTheMiddleIsALostConnection() throws IOException {
        var said = lost(2402, "pkill -KILL -P $(cat /run/sshd-2402.pid) sshd");
        assertTrue(said.matches("FAILED box: connection lost \\(the other side (closed|reset) it\\)"
                + " while it ran sleep 4817"), said);
    }

    @Test
    void aHostThatFallsSilentIsALostConnection() throws IOException {
        try {
            assertEquals("FAILED box: connection lost (no answer for 3s) while it ran sleep 4817",
                    lost(2403, "pkill -STOP -P $(cat /run/sshd-2403.pid) sshd"));
        } finally {
            SshHost.it().run("pkill -CONT sshd");
        }
    }

    private String lost(int port, String step) throws IOException {
        SshHost.it().listen(port, "PermitRootLogin yes");
        user.knows(port);
        var shell = connect(user.settings(null, port).named("box").alive(Duration.ofSeconds(1), 3));
        var failure = CompletableFuture.supplyAsync(() -> assertThrows(ConnectionLost.class,
                () -> shell.execute(Command.of("sleep", "4817"), NOWHERE, NOWHERE, null)));
        SshHost.Local.await(() -> SshHost.it().run("pgrep -f '^sleep 4817' || true"));
        SshHost.it().run(step + "; pkill -f 'sleep 481[7]' || true");
        var said = user.shown(failure.join());
        var again = assertThrows(ConnectionLost.class, () -> shell.ask(Command.of("true")));
        assertTrue(again.getMessage().endsWith("while it ran true"), again.getMessage());
        shell.close();
        return said;
    }

    private static OpenSshShell connect(SshSettings settings) {
        return OpenSshShell.connect(settings);
    }

    private static List<Path> folders() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().matches("df[0-9]+")).sorted().toList();
        }
    }
}
