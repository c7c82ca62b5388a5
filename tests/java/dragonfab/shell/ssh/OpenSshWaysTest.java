package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ssh.openssh.OpenSshShell;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a real host by the system's ssh, and what a person reads when there is none. */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class OpenSshWaysTest {
    private static final String OTHER_KEY =
            "AAAAC3NzaC1lZDI1NTE5AAAAIJXmjMZ4QJEBU0d2H1kNcYDQTBCiFPpGPDHfM4ThLDzk";

    @TempDir
    Path folder;
    private SshUser user;

    @BeforeEach
    void person() throws IOException {
        user = new SshUser(folder);
        user.knows(22);
    }

    @Test
    void aProxyCommandIsTheWay() throws IOException {
        user.config("Host box\n  ProxyCommand ssh -F " + user.file("config") + " -W %h:%p gate");
        assertEquals("fine", hello(user.settings(null, 0)));
        user.config("Host box\n  ProxyCommand sh -c 'echo the tunnel is shut >&2; exit 1'");
        assertEquals("FAILED box: its ProxyCommand does not get through: the tunnel is shut\n"
                + "try: ssh -F HOME/config box",
                failure(user.settings(null, 0)));
    }

    @Test
    void jumpHostsAreGoneThroughOneAfterTheOther() throws IOException {
        jumps();
        assertEquals("fine", hello(settings("deep")));
    }

    private void jumps() throws IOException {
        SshHost.it().listen(2411, "PermitRootLogin yes");
        SshHost.it().listen(2412, "PermitRootLogin yes");
        var all = new StringBuilder();
        for (int port : new int[] {22, 2411, 2412}) {
            user.knows(port);
            all.append(Files.readString(user.file("known_hosts")));
        }
        Files.writeString(user.file("known_hosts"), all);
        user.config("Host gate\n  Port 2411\nHost second\n  Port 2412\nHost deep\n  ProxyJump gate,deploy@second");
    }

    @Test
    void aJumpHostThatIsNotReachedOrDoesNotLetThroughIsExplained() throws IOException {
        user.config("Host gate\n  HostName 127.0.0.1\n  Port 2\nHost box\n  ProxyJump gate");
        assertEquals("FAILED jump host gate: connection refused by 127.0.0.1 port 2\n"
                + "try: is sshd running there, and on port 2?", failure(user.settings(null, 0)));
        user.config("Host gate\n  Port 22\nHost box\n  Port 2\n  ProxyJump gate");
        assertEquals("FAILED box: jump host gate cannot reach ADDRESS port 2: Connection refused",
                failure(user.settings(null, 0)));
    }

    @Test
    void includeAndMatchCount() throws IOException {
        Files.writeString(user.file("more"), "Match exec true host box*\n  User deploy\n");
        user.config("Include " + user.file("more"));
        try (var shell = OpenSshShell.connect(user.settings(null, 0))) {
            assertEquals("deploy", shell.login());
            assertEquals("deploy", shell.read(Command.of("id", "-un")));
        }
    }

    @Test
    void aHostThatIsNotReachedIsExplainedAsEver() throws IOException {
        assertEquals("FAILED box:2: connection refused by ADDRESS port 2\n"
                + "try: is sshd running there, and on port 2?", failure(user.settings(null, 2)));
        assertEquals("FAILED no-such-host.invalid: unknown host name: no-such-host.invalid\n"
                + "try: getent hosts no-such-host.invalid",
                failure(SshSettings.to(null, "no-such-host.invalid", 0)));
        var nobody = SshHost.it().address().replaceFirst("[0-9]+$", "99");
        user.config("Host box\n  HostName " + nobody);
        assertEquals("FAILED box: no answer from NOBODY port 22 within 1s\n"
                + "try: is it running, and does a firewall let port 22 through?",
                failure(user.settings(null, 0).within(Duration.ofSeconds(1))).replace(nobody, "NOBODY"));
        Files.writeString(user.file("config"), "Hots box\n");
        assertTrue(failure(user.settings(null, 0)).startsWith("USAGE box: ssh configuration: HOME/config: line 1:"));
    }

    @Test
    void anUnknownHostIsRefused() throws IOException {
        Files.writeString(user.file("known_hosts"), "");
        assertEquals("""
                REFUSED box: the host key of ADDRESS port 22 is not known: ED25519 FINGERPRINT
                try: compare the key with the host's own before you say yes
                then: ssh -F HOME/config box
                or: ssh-keyscan -t ed25519 -p 22 ADDRESS >> HOME/known_hosts""", failure(user.settings(null, 0))
                .replace(fingerprint(), "FINGERPRINT"));
        assertEquals("", Files.readString(user.file("known_hosts")));
    }

    @ParameterizedTest
    @CsvSource({"accept-new", "no"})
    void newHostsAreAcceptedWhereTheUserSaysSo(String said) throws IOException {
        Files.writeString(user.file("known_hosts"), "");
        user.config("StrictHostKeyChecking " + said + "\nHashKnownHosts yes");
        assertEquals("fine", hello(user.settings(null, 0)));
        assertEquals("|1|", Files.readString(user.file("known_hosts")).substring(0, 3));
        user.config("StrictHostKeyChecking yes");
        assertEquals("fine", hello(user.settings(null, 0)));
    }

    @ParameterizedTest
    @CsvSource({"ask", "accept-new", "no", "yes"})
    void aChangedKeyIsAlwaysRefusedLoudly(String said) throws IOException {
        user.config("StrictHostKeyChecking " + said);
        Files.writeString(user.file("known_hosts"), "# old\n" + SshHost.it().address() + " ssh-ed25519 " + OTHER_KEY
                + "\n");
        var key = HostKey.fingerprint(SshHost.it().run("cat /etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1]);
        assertEquals("""
                REFUSED box: THE HOST KEY HAS CHANGED: it shows ED25519 KEY, but HOME/known_hosts:2 knows another; the \
                host was installed anew, or somebody stands between
                try: only if you know why it changed
                then: ssh-keygen -f HOME/known_hosts -R ADDRESS""",
                failure(user.settings(null, 0)).replace(key, "KEY"));
    }

    @Test
    void aRevokedKeyIsRefused() throws IOException {
        var key = SshHost.it().run("cat /etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1];
        Files.writeString(user.file("known_hosts"), SshHost.it().address() + " ssh-ed25519 " + key
                + "\n@revoked * ssh-ed25519 " + key + "\n");
        assertEquals("REFUSED box: THE HOST KEY IS REVOKED", failure(user.settings(null, 0)));
    }

    @Test
    void aRefusedLoginNamesWhatWasTried() throws IOException {
        SshHost.it().authorize("");
        assertEquals("FAILED box: login as root refused; tried key HOME/id; the host takes publickey, password"
                + "\ntry: ssh-copy-id -F HOME/config box", failure(user.settings(null, 0)));
        var key = user.key("k", "ed25519", "open sesame");
        assertEquals("FAILED box: login as root refused; tried key HOME/k (encrypted, and nobody here to ask for its"
                + " passphrase); the host takes publickey, password\ntry: ssh-add HOME/k",
                failure(user.settings(null, 0).identity(key)));
        assertEquals("USAGE box: identity file HOME/none: no such file",
                failure(user.settings(null, 0).identity(user.file("none"))));
    }

    @Test
    void aHostThatTakesKerberosOnlyIsLeftToSsh() throws IOException {
        SshHost.it().listen(2413, "PermitRootLogin yes", "GSSAPIAuthentication yes",
                "AuthenticationMethods gssapi-with-mic");
        user.knows(2413);
        var said = user.shown(assertThrows(Failure.class, () -> SshShell.connect(user.settings(null, 2413))));
        assertTrue(said.endsWith("the host takes gssapi-with-mic\ntry: kinit\nthen: transport: openssh in"
                + " environments.yml"), said);
    }

    @Test
    void anAccountWithoutAShellIsSaid() {
        SshHost.it().run("usermod -s /usr/sbin/nologin deploy");
        try (var shell = OpenSshShell.connect(user.settings("deploy", 0))) {
            var failure = assertThrows(Failure.class, () -> shell.ask(Command.of("true")));
            assertTrue(failure.getMessage().startsWith("the login shell of deploy runs no commands: it says"),
                    failure.getMessage());
        } finally {
            SshHost.it().run("usermod -s /bin/bash deploy");
        }
    }

    private static String fingerprint() {
        return SshHost.it().run("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1];
    }

    private SshSettings settings(String address) {
        return SshSettings.to(null, address, 0).config(user.file("config"));
    }

    private static String hello(SshSettings settings) {
        try (var shell = OpenSshShell.connect(settings)) {
            return shell.read(Command.of("echo", "fine"));
        }
    }

    private String failure(SshSettings settings) {
        return user.shown(assertThrows(Failure.class, () -> OpenSshShell.connect(settings)));
    }
}
