package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way to a host: the user's configuration, jump hosts, and what is said when there is no way. */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class SshWaysTest {
    @TempDir
    Path folder;
    private SshUser user;

    @BeforeEach
    void person() throws IOException {
        user = new SshUser(folder);
        user.knows(22);
    }

    @Test
    void theUsersConfigurationIsReadWithIncludeAndMatch() throws IOException {
        Files.writeString(user.file("more"),
                "Match exec \"echo user nobody >&2\" host app*\n  User deploy\n  Port 2340\n");
        user.config("Include " + user.file("more"));
        SshHost.it().listen(2340);
        user.knows(2340);
        var settings = SshSettings.to(null, "app1", 0).config(user.file("config")).answeredBy(Operator.NOBODY);
        try (var shell = SshShell.connect(settings)) {
            assertEquals("deploy", shell.login());
            assertTrue(shell.read(Command.script("echo $SSH_CONNECTION")).endsWith(" 2340"));
        }
    }

    @Test
    void aBrokenConfigurationIsToldInSshsWords() throws IOException {
        Files.writeString(user.file("config"), "Hots box\n");
        var failure = assertThrows(Failure.class, () -> user.connect());
        assertEquals("USAGE box: ssh configuration: HOME/config: line 1: Bad configuration option:"
                + " hots; HOME/config:"
                + " terminating, 1 bad configuration options", user.shown(failure).replace("\r", ""));
    }

    @Test
    void aNameThatNobodyKnowsIsSaid() {
        assertEquals("FAILED no-such-host.invalid: unknown host name: no-such-host.invalid\n"
                + "try: getent hosts no-such-host.invalid",
                failure(SshSettings.to(null, "no-such-host.invalid", 0).answeredBy(Operator.NOBODY)));
    }

    @Test
    void aClosedPortIsSaid() {
        assertEquals("FAILED box:2: connection refused by ADDRESS port 2\n"
                + "try: is sshd running there, and on port 2?", failure(user.settings(null, 2)));
    }

    @Test
    void aHostThatIsNotThereIsSaid() throws IOException {
        var nobody = SshHost.it().address().replaceFirst("[0-9]+$", "99");
        user.config("Host box\n  HostName " + nobody);
        var started = System.nanoTime();
        var said = failure(user.settings(null, 0).within(Duration.ofSeconds(1)));
        assertEquals("FAILED box: no answer from NOBODY port 22 within 1s\n"
                + "try: is it running, and does a firewall let port 22 through?",
                said.replace(nobody,
                        "NOBODY"));
        assertTrue(System.nanoTime() - started < 4_000_000_000L, "it took long");
        assertEquals("FAILED box: no route to NOBODY port 22\n"
                + "try: is it running, and this machine in the right network or VPN?",
                failure(user.settings(null, 0).within(Duration.ofSeconds(20))).replace(nobody, "NOBODY"));
    }

    @Test
    void aServerOfAnotherKindIsQuoted() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> answer(server, "HTTP/1.1 400 Bad \u001b[31mRequest\r\n\r\n"));
            assertEquals("FAILED box: 127.0.0.1 port PORT is no SSH server: it says"
                    + " \"HTTP/1.1 400 Bad ?[31mRequest\"\ntry: is PORT the port of its sshd?",
                    local(server));
        }
    }

    @Test
    void aServerThatHangsUpAtOnceIsExplained() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> answer(server, ""));
            assertEquals("FAILED box: 127.0.0.1 port PORT closed the connection before it said a word\n"
                    + "try: does its sshd take so many connections at once (MaxStartups), or ours at all?",
                    local(server));
        }
    }

    @Test
    void aServerThatNeverSpeaksIsNotWaitedForForever() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertEquals("FAILED box: 127.0.0.1 port PORT took the connection, but no SSH server spoke"
                    + " within 1s\n"
                    + "try: is PORT the port of its sshd?", local(server));
        }
    }

    @Test
    void jumpHostsAreGoneThroughOneAfterTheOther() throws IOException {
        SshHost.it().listen(2341, "PermitRootLogin yes");
        SshHost.it().listen(2342, "PermitRootLogin yes");
        knowsAll(22, 2341, 2342);
        user.config("""
                Host gate
                  Port 2341
                Host inner
                  ProxyJump gate
                Host deep
                  ProxyJump gate,deploy@second:2342
                """.replace("Host gate", "Host gate\n  HostName " + SshHost.it().address()));
        try (var inner = SshShell.connect(settings("inner")); var deep = SshShell.connect(settings("deep"))) {
            assertEquals("fine", inner.read(Command.of("echo", "fine")));
            assertEquals("fine", deep.read(Command.of("echo", "fine")));
            assertTrue(deep.read(Command.script("echo $SSH_CONNECTION")).startsWith(SshHost.it().address()
                    .replaceFirst("[0-9]+$", "")));
            var bytes = new byte[8_020_000];
            new java.util.Random(1).nextBytes(bytes);
            var file = Files.write(user.file("upload"), bytes);
            assertEquals("8020000", deep.read(Command.script("wc -c").reading(Input.file(file))));
            assertEquals(8_020_000, deep.ask(Command.script("head -c 8020000 /dev/zero")).bytes().length);
        }
    }

    @Test
    void allHostsOfARunShareOneConnectionToTheJumpHost() throws Exception {
        SshHost.it().listen(2343, "PermitRootLogin yes");
        knowsAll(22, 2343);
        user.config("Host gate\n  Port 2343\nHost app*\n  ProxyJump gate");
        var pool = Executors.newFixedThreadPool(14);
        var shells = new ArrayList<Future<SshShell>>();
        for (int i = 0; i < 14; i++) {
            var name = "app" + i;
            shells.add(pool.submit(() -> SshShell.connect(settings(name))));
        }
        for (var shell : shells) {
            assertEquals("fine", shell.get().read(Command.of("echo", "fine")));
        }
        var connections = "pgrep -f -c '^sshd: root' -P $(cat /run/sshd-2343.pid) || true";
        assertEquals("1\n", SshHost.it().run(connections));
        for (var shell : shells) {
            assertEquals("fine", shell.get().read(Command.of("echo", "fine")));
            shell.get().close();
        }
        SshHost.Local.await(() -> SshHost.it().run(connections).equals("0\n") ? "closed" : "");
        pool.shutdown();
    }

    @Test
    void theEndOfOneHostDoesNotHarmItsNeighbours() throws Exception {
        SshHost.it().listen(2344, "PermitRootLogin yes");
        knowsAll(22, 2344);
        user.config("Host gate\n  Port 2344\nHost app*\n  ProxyJump gate");
        try (var stays = SshShell.connect(settings("app1"))) {
            for (int i = 0; i < 5; i++) {
                var goes = SshShell.connect(settings("app2"));
                CompletableFuture.runAsync(() -> goes.execute(Command.of("cat", "/dev/zero"),
                        java.io.OutputStream.nullOutputStream(), java.io.OutputStream.nullOutputStream(),
                        null));
                Thread.sleep(200);
                goes.close();
                assertEquals("fine", stays.read(Command.of("echo", "fine")));
            }
        }
    }

    @Test
    void aJumpHostThatDoesNotLetThroughIsExplained() throws IOException {
        SshHost.it().listen(2345, "PermitRootLogin yes", "AllowTcpForwarding no");
        knowsAll(22, 2345);
        user.config("Host gate\n  Port 2345\nHost closed\n  ProxyJump gate");
        assertEquals("FAILED closed: jump host gate cannot reach ADDRESS port 22: it does not pass"
                + " connections on\n"
                + "try: AllowTcpForwarding yes in its /etc/ssh/sshd_config", failure(settings("closed")));
        user.config("Host gate\n  Port 22\nHost closed\n  Port 2\n  ProxyJump gate");
        assertEquals("FAILED closed: jump host gate cannot reach ADDRESS port 2: Connection refused",
                failure(settings("closed")));
        user.config("Host gate\n  Port 2\nHost closed\n  ProxyJump gate");
        assertEquals("FAILED jump host gate: connection refused by ADDRESS port 2\n"
                + "try: is sshd running there, and on port 2?", failure(settings("closed")));
    }

    @Test
    void jumpHostsThatGoRoundInACircleAreRefused() throws IOException {
        user.config("Host a\n  ProxyJump b\nHost b\n  ProxyJump a");
        assertEquals("USAGE jump host b: jump hosts go round in a circle", failure(settings("a"))
                .replace("jump host a", "jump host b"));
    }

    @Test
    void aProgramEndsThoughAConnectionIsOpen() throws Exception {
        var java = ProcessHandle.current().info().command().orElse("java");
        var process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
                Leaves.class.getName(),
                user.file("config").toString()).redirectErrorStream(true).start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it hangs");
        assertEquals("fine\n", new String(process.getInputStream().readAllBytes()));
    }

    /** A program that forgets to close. */
    static final class Leaves {
        public static void main(String[] arguments) {
            var shell = SshShell.connect(SshSettings.to(null, "box", 0).config(Path.of(arguments[0])));
            System.out.println(shell.read(Command.of("echo", "fine")));
        }
    }

    private void knowsAll(int... ports) throws IOException {
        var all = new StringBuilder();
        for (int port : ports) {
            user.knows(port);
            all.append(Files.readString(user.file("known_hosts")));
        }
        Files.writeString(user.file("known_hosts"), all);
    }

    private SshSettings settings(String address) {
        return SshSettings.to(null, address, 0).config(user.file("config")).answeredBy(Operator.NOBODY);
    }

    private String failure(SshSettings settings) {
        return user.shown(assertThrows(Failure.class, () -> SshShell.connect(settings)));
    }

    private String local(ServerSocket server) throws IOException {
        user.config("Host box\n  HostName 127.0.0.1\n  Port " + server.getLocalPort());
        return failure(user.settings(null, 0).within(Duration.ofSeconds(1)))
                .replace(String.valueOf(server.getLocalPort()), "PORT");
    }

    private static void answer(ServerSocket server, String words) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write(words.getBytes());
            socket.getOutputStream().flush();
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
