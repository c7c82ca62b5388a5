package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.report.Invocation;
import dragonfab.shell.Command;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a real host is believed, and what a person reads when it is not. */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class SshTrustTest {
    private static final String OTHER_KEY =
            "AAAAC3NzaC1lZDI1NTE5AAAAIJXmjMZ4QJEBU0d2H1kNcYDQTBCiFPpGPDHfM4ThLDzk";

    @TempDir
    Path folder;
    private SshUser user;
    private String ed25519;
    private String shown;

    @BeforeAll
    static void kindsOfServers() {
        var host = SshHost.it();
        host.run("cd /etc/ssh; for t in rsa ecdsa ed25519; do [ -f ssh_host_${t}_key ] ||"
                + " ssh-keygen -q -t $t -N '' -f ssh_host_${t}_key; done;"
                + " [ -f only ] || { ssh-keygen -q -t ecdsa -b 384 -N '' -f e384;"
                + " ssh-keygen -q -t ecdsa -b 521 -N '' -f e521; touch only; }");
        host.listen(2301, "PermitRootLogin yes", "HostKey /etc/ssh/ssh_host_ed25519_key");
        host.listen(2302, "PermitRootLogin yes", "HostKey /etc/ssh/ssh_host_rsa_key");
        host.listen(2303, "PermitRootLogin yes", "HostKey /etc/ssh/ssh_host_ecdsa_key");
        host.listen(2304, "PermitRootLogin yes", "HostKey /etc/ssh/e384");
        host.listen(2305, "PermitRootLogin yes", "HostKey /etc/ssh/e521");
    }

    @BeforeEach
    void person() throws IOException {
        user = new SshUser(folder);
        var line = SshHost.it().run("cat /etc/ssh/ssh_host_ed25519_key.pub").split(" ");
        ed25519 = line[1];
        shown = "ED25519 " + HostKey.fingerprint(ed25519);
    }

    @ParameterizedTest(name = "a host with one key only, port {0}")
    @CsvSource({"2301", "2302", "2303", "2304", "2305"})
    void everyKindOfHostKeyIsBelievedWhenKnown(int port) throws IOException {
        user.knows(port);
        assertEquals("fine", hello(user.settings(null, port)));
    }

    @ParameterizedTest
    @CsvSource({"rsa", "ecdsa", "ed25519"})
    void aHostIsAskedForTheKindOfKeyThatIsKnown(String kind) throws IOException {
        var key = SshHost.it().run("cat /etc/ssh/ssh_host_" + kind + "_key.pub").split(" ");
        known(SshHost.it().address() + " " + key[0] + " " + key[1]);
        assertEquals("fine", hello(user.settings(null, 0)));
    }

    @Test
    void anUnknownHostIsRefusedWithItsFingerprint() {
        assertEquals("""
                REFUSED box: the host key of ADDRESS port 22 is not known: KEY
                try: compare the key with the host's own before you say yes
                then: ssh -F HOME/config box
                or: ssh-keyscan -t ed25519 -p 22 ADDRESS >> HOME/known_hosts""", refusal(user.settings(null, 0)));
        assertFalse(Files.exists(user.file("known_hosts")));
    }

    @Test
    void theKeyscanLineThatIsProposedWorks() throws IOException {
        var failure = assertThrows(Failure.class, () -> SshShell.connect(user.settings(null, 2301)));
        var line = failure.remedy().commands(Invocation.UNKNOWN).get(1);
        SshHost.Local.run("sh", "-c", line + " 2>/dev/null");
        assertEquals("fine", hello(user.settings(null, 2301)));
    }

    @Test
    void aPersonWhoSaysYesIsAskedOnlyOnce() throws IOException {
        var person = new SshUser.Scripted("yes");
        assertEquals("fine", hello(user.settings(null, 2301).answeredBy(person)));
        assertEquals("fine", hello(user.settings(null, 2301).answeredBy(person)));
        assertEquals(List.of("box:2301: the host key of " + SshHost.it().address()
                + " port 2301 is not known: " + shown
                + "\nIs it the right host? Write yes to trust this key from now on: "), person.questions);
        assertEquals("[" + SshHost.it().address() + "]:2301 ssh-ed25519 " + ed25519 + "\n",
                Files.readString(user.file("known_hosts")));
    }

    @Test
    void aPersonWhoSaysNoIsObeyed() {
        var person = new SshUser.Scripted("no");
        assertThrows(Failure.class, () -> SshShell.connect(user.settings(null, 0).answeredBy(person)));
        assertFalse(Files.exists(user.file("known_hosts")));
    }

    @Test
    void strictCheckingAsksNobody() throws IOException {
        user.config("StrictHostKeyChecking yes");
        var person = new SshUser.Scripted();
        assertThrows(Failure.class, () -> SshShell.connect(user.settings(null, 0).answeredBy(person)));
        assertEquals(List.of(), person.questions);
    }

    @ParameterizedTest
    @CsvSource({"accept-new", "no"})
    void newHostsAreAcceptedWhereTheUserSaysSo(String said) throws IOException {
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
        var before = "# the old one\n" + SshHost.it().address() + " ssh-ed25519 " + OTHER_KEY + "\n";
        known(before);
        assertEquals("""
                REFUSED box: THE HOST KEY HAS CHANGED: it shows KEY, but HOME/known_hosts:2 knows %s; \
                the host was \
                installed anew, or somebody stands between
                try: only if you know why it changed
                then: ssh-keygen -f HOME/known_hosts -R ADDRESS"""
                .formatted(HostKey.fingerprint(OTHER_KEY)),
                refusal(user.settings(null, 0)
                        .answeredBy(new SshUser.Scripted("yes"))));
        assertEquals(before, Files.readString(user.file("known_hosts")));
    }

    @Test
    void theWayToForgetAnOldKeyWorks() throws IOException {
        known("[" + SshHost.it().address() + "]:2301 ssh-ed25519 " + OTHER_KEY + "\n");
        var failure = assertThrows(Failure.class, () -> SshShell.connect(user.settings(null, 2301)));
        SshHost.Local.run("sh", "-c", failure.remedy().commands(Invocation.UNKNOWN).get(0));
        assertEquals("", Files.readString(user.file("known_hosts")));
    }

    @Test
    void aKeyOfAnotherKindIsNotTakenForANewHost() throws IOException {
        user.config("StrictHostKeyChecking accept-new");
        known("[" + SshHost.it().address() + "]:2302 ssh-ed25519 " + OTHER_KEY + "\n");
        var rsa = SshHost.it().run("cat /etc/ssh/ssh_host_rsa_key.pub").split(" ")[1];
        assertEquals("""
                REFUSED box:2302: the host key of ADDRESS port 2302 is of another kind than the one \
                known: RSA %s, \
                while HOME/known_hosts:1 knows ssh-ed25519 %s
                try: compare the key with the host's own before you say yes
                then: ssh -F HOME/config -p 2302 box
                or: ssh-keyscan -t rsa -p 2302 ADDRESS >> HOME/known_hosts"""
                .formatted(HostKey.fingerprint(rsa), HostKey.fingerprint(OTHER_KEY)),
                refusal(user.settings(null, 2302)));
    }

    @Test
    void aRevokedKeyIsRefused() throws IOException {
        known(SshHost.it().address() + " ssh-ed25519 " + ed25519 + "\n@revoked * ssh-ed25519 " + ed25519
                + "\n");
        assertEquals("REFUSED box: THE HOST KEY IS REVOKED: KEY by HOME/known_hosts:2",
                refusal(user.settings(null, 0)));
    }

    @Test
    void aFileOfRevokedKeysIsHonoured() throws IOException {
        known(SshHost.it().address() + " ssh-ed25519 " + ed25519 + "\n");
        Files.writeString(user.file("revoked"), "ssh-ed25519 " + ed25519 + "\n");
        user.config("RevokedHostKeys " + user.file("revoked"));
        assertEquals("REFUSED box: THE HOST KEY IS REVOKED: KEY by HOME/revoked:1",
                refusal(user.settings(null, 0)));
    }

    @Test
    void aHostCertificateIsAsGoodAsItsAuthority() throws IOException {
        user.key("ca", "ed25519", "");
        var ca = Files.readString(user.file("ca.pub")).strip();
        certify(2310, "good", "-h", "-n", SshHost.it().address());
        certify(2311, "wrong", "-h", "-n", "elsewhere");
        certify(2312, "users", "-n", SshHost.it().address());
        known("@cert-authority * " + ca + "\n");
        assertEquals("fine", hello(user.settings(null, 2310)));
        assertEquals("REFUSED box:2311: the host certificate of ADDRESS port 2311 is not good: Hostname"
                + " `ADDRESS`"
                + " doesn't match any of the principals: `elsewhere`", refusal(user.settings(null, 2311)));
        assertThrows(Failure.class, () -> SshShell.connect(user.settings(null, 2312)));
        known("@cert-authority *.example.com " + ca + "\n");
        assertThrows(Failure.class, () -> SshShell.connect(user.settings(null, 2310)));
    }

    @Test
    void aServerWithChachaOnlyIsReachedAllTheSame() throws IOException {
        SshHost.it().listen(2320, "PermitRootLogin yes", "Ciphers chacha20-poly1305@openssh.com");
        user.knows(2320);
        assertEquals("fine", hello(user.settings(null, 2320)));
    }

    @Test
    void aServerWithWeakAlgorithmsOnlyIsRefused() throws IOException {
        SshHost.it().listen(2321, "PermitRootLogin yes", "KexAlgorithms diffie-hellman-group1-sha1");
        Files.writeString(user.file("known_hosts"), "");
        assertEquals("FAILED box:2321: no algorithm in common with ADDRESS port 2321: it offers only"
                + " diffie-hellman-group1-sha1 (KeyExchangeAlgorithms)\ntry: bring its OpenSSH up to date",
                refusal(user.settings(null, 2321)));
    }

    private void certify(int port, String name, String... options) {
        SshHost.it().run("rm -f /etc/ssh/" + name + "*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/" + name);
        var key = SshHost.it().run("cat /etc/ssh/" + name + ".pub").strip();
        try {
            Files.writeString(user.file(name + ".pub"), key + "\n");
            var words = new java.util.ArrayList<>(List.of("ssh-keygen", "-q", "-s", user.file("ca")
                    .toString(), "-I",
                    name));
            words.addAll(List.of(options));
            words.add(user.file(name + ".pub").toString());
            SshHost.Local.run(words.toArray(String[]::new));
            var certificate = Files.readString(user.file(name + "-cert.pub")).strip();
            SshHost.it().run("echo '" + certificate + "' > /etc/ssh/" + name + "-cert.pub");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        SshHost.it().listen(port, "PermitRootLogin yes", "HostKey /etc/ssh/" + name,
                "HostCertificate /etc/ssh/" + name + "-cert.pub");
    }

    private String hello(SshSettings settings) {
        try (var shell = SshShell.connect(settings)) {
            return shell.read(Command.of("echo", "fine"));
        }
    }

    private String refusal(SshSettings settings) {
        return user.shown(assertThrows(Failure.class, () -> SshShell.connect(settings))).replace(shown,
                "KEY");
    }

    private void known(String lines) throws IOException {
        Files.writeString(user.file("known_hosts"), lines);
    }
}
