package dragonfab.shell.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.ssh.sshj.SshShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Getting in at a real host: keys in files, in the agent, with passphrases, and typing as the last resort.
 */
@OnContainers
@Timeout(120)
@ExtendWith(SshHost.class)
class SshLoginTest {
    @TempDir
    Path folder;
    private SshUser user;
    private Process agent;

    @BeforeEach
    void person() throws IOException {
        user = new SshUser(folder);
        user.knows(22);
    }

    @AfterEach
    void stopAgent() {
        if (agent != null) {
            agent.destroy();
        }
    }

    @ParameterizedTest(name = "{0} in the format {1}")
    @CsvSource({"ed25519, OPENSSH", "rsa, OPENSSH", "rsa, PEM", "rsa, PKCS8", "ecdsa, OPENSSH", "ecdsa, PEM",
        "ecdsa, PKCS8", "ecdsa -b 384, OPENSSH", "ecdsa -b 521, PEM"})
    void keysOfEveryKindAndFormatOpenTheDoor(String kind, String format) throws IOException {
        var words = kind.split(" ");
        var key = words.length == 1 ? user.key("k", words[0], "") : user.key("k", words[0], "", "-b",
                words[2]);
        if (!format.equals("OPENSSH")) {
            SshHost.Local.run("ssh-keygen", "-q", "-p", "-N", "", "-m", format, "-f", key.toString());
        }
        admit("k");
        assertEquals("root", whoami(user.settings(null, 0).identity(key)));
        Files.delete(user.file("k.pub"));
        assertEquals("root", whoami(user.settings(null, 0).identity(key)));
    }

    @ParameterizedTest(name = "{0} in the format {1} with a passphrase")
    @CsvSource({"ed25519, OPENSSH", "rsa, PEM", "rsa, PKCS8", "ecdsa, PEM"})
    void aPassphraseIsAskedForOnceInARun(String kind, String format) throws IOException {
        var key = user.key("k", kind, "open sesame");
        if (!format.equals("OPENSSH")) {
            SshHost.Local.run("ssh-keygen", "-q", "-p", "-P", "open sesame", "-N", "open sesame", "-m",
                    format, "-f",
                    key.toString());
        }
        admit("k");
        var person = new SshUser.Scripted("wrong", "open sesame");
        assertEquals("root", whoami(user.settings(null, 0).identity(key).answeredBy(person)));
        assertEquals("root", whoami(user.settings(null, 0).identity(key).answeredBy(person)));
        assertEquals(List.of("Passphrase for " + key + ": ", "Passphrase for " + key + ": "),
                person.questions);
    }

    @Test
    void noPassphraseIsAskedForAKeyThatTheHostDoesNotKnow() throws IOException {
        user.key("k", "ed25519", "open sesame");
        user.config("IdentityFile " + user.file("k") + "\nHost box");
        var person = new SshUser.Scripted();
        assertEquals("root", whoami(user.settings(null, 0).answeredBy(person)));
        assertEquals(List.of(), person.questions);
    }

    @Test
    void anEncryptedKeyWithNobodyThereIsExplained() throws IOException {
        var key = user.key("k", "ed25519", "open sesame");
        admit("k");
        assertEquals("FAILED box: login as root refused; tried key HOME/k (encrypted, and nobody here"
                + " to ask for its"
                + " passphrase)\ntry: ssh-add HOME/k", failure(user.settings(null, 0).identity(key)));
    }

    @ParameterizedTest
    @CsvSource({"ed25519", "rsa", "ecdsa"})
    void theAgentOpensWhatIsEncrypted(String kind) throws IOException {
        var key = user.key("k", kind, "open sesame");
        admit("k");
        startAgent();
        addToAgent(key, "open sesame");
        assertEquals("root", whoami(user.settings(null, 0)));
        assertEquals("root", whoami(user.settings(null, 0).identity(key)));
        Files.delete(key);
        assertEquals("root", whoami(user.settings(null, 0).identity(user.file("k.pub"))));
    }

    @Test
    void withIdentitiesOnlyTheAgentsOtherKeysStayOut() throws IOException {
        startAgent();
        addToAgent(user.file("id"), "");
        var other = user.key("other", "ed25519", "");
        user.config("IdentityAgent " + user.file("agent") + "\nIdentitiesOnly yes\nIdentityFile " + other
                + "\nHost box");
        Files.writeString(user.file("config"), Files.readString(user.file("config"))
                .replace("  IdentityFile " + user.file("id") + "\n", ""));
        assertEquals("FAILED box: login as root refused; tried key HOME/other; the host takes"
                + " publickey, password"
                + "\ntry: ssh-copy-id -F HOME/config box", failure(user.settings(null, 0)));
    }

    @Test
    void tooManyKeysAreExplained() throws IOException {
        startAgent();
        for (int i = 0; i < 7; i++) {
            addToAgent(user.key("k" + i, "ed25519", ""), "");
        }
        var other = failure(user.settings(null, 0));
        assertTrue(other.startsWith("FAILED box: login as root refused: too many keys; tried agent key"
                + " k0, "), other);
        assertTrue(other.endsWith("\ntry: IdentityFile and IdentitiesOnly yes in ~/.ssh/config"), other);
    }

    @ParameterizedTest
    @CsvSource({"ed25519", "rsa", "ecdsa"})
    void aCertificateBesideTheKeyIsEnough(String kind) throws IOException {
        user.key("ca", "ed25519", "");
        var key = user.key("k", kind, "");
        SshHost.Local.run("ssh-keygen", "-q", "-s", user.file("ca").toString(), "-I", "ann", "-n", "root",
                user.file("k.pub").toString());
        SshHost.it().authorize("cert-authority " + Files.readString(user.file("ca.pub")).strip());
        assertEquals("root", whoami(user.settings(null, 0).identity(key)));
        startAgent();
        addToAgent(key, "");
        assertEquals("root", whoami(user.settings(null, 0).identity(key)));
    }

    @Test
    void aRefusalNamesWhatWasTried() throws IOException {
        SshHost.it().authorize("");
        assertEquals("FAILED box: login as root refused; tried key HOME/id; the host takes publickey,"
                + " password"
                + "\ntry: ssh-copy-id -F HOME/config box", failure(user.settings(null, 0)));
        assertEquals("FAILED deploy@box: login as deploy refused; tried key HOME/id; the host takes"
                + " publickey,"
                + " password\ntry: ssh-copy-id -F HOME/config deploy@box",
                failure(user.settings("deploy",
                        0)));
    }

    @Test
    void noKeyAtAllIsExplained() throws IOException {
        user.config("IdentityFile none\nHost box");
        Files.delete(user.file("id"));
        Files.delete(user.file("id.pub"));
        assertEquals("FAILED box: login as root refused; tried no key, for there is none\ntry: give"
                + " ssh-add a key that ADDRESS knows\nor: ssh-keygen\nthen: ssh-copy-id -F HOME/config box",
                failure(user.settings(null, 0)));
    }

    @Test
    void aKeyFileThatIsNotThereIsAMistake() {
        assertEquals("USAGE box: identity file HOME/none: no such file",
                failure(user.settings(null, 0).identity(user.file("none"))));
    }

    @Test
    void aDamagedKeyIsNamed() throws IOException {
        Files.writeString(user.file("id"),
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE"
                        + " KEY-----\n");
        Files.delete(user.file("id.pub"));
        assertEquals("FAILED box: login as root refused; tried key HOME/id (damaged key)\ntry: give"
                + " ssh-add a key that ADDRESS knows\nor: ssh-keygen\nthen: ssh-copy-id -F HOME/config box",
                failure(user.settings(null, 0)));
    }

    @Test
    void aPersonMayTypeThePassword() throws IOException {
        SshHost.it().authorize("");
        SshHost.it().listen(2330, "UsePAM yes", "KbdInteractiveAuthentication yes",
                "PasswordAuthentication no");
        SshHost.it().listen(2331, "KbdInteractiveAuthentication no", "PasswordAuthentication yes");
        for (int port : List.of(2330, 2331)) {
            user.knows(port);
            var person = new SshUser.Scripted("wrong", "s3cret word");
            assertEquals("typist", whoami(user.settings("typist", port).answeredBy(person)));
            var who = "typist@" + SshHost.it().address();
            var question = port == 2330 ? "(" + who + ") Password: " : "Password for " + who + ": ";
            assertEquals(List.of(question, question), person.questions);
        }
    }

    @Test
    void aServerMayWantAKeyAndAPassword() throws IOException {
        SshHost.it().listen(2332, "AuthenticationMethods publickey,password");
        user.knows(2332);
        assertEquals("typist", whoami(user.settings("typist", 2332)
                .answeredBy(new SshUser.Scripted("s3cret word"))));
    }

    @Test
    void anAgentThatNeverAnswersIsLeftBehind() throws Exception {
        var socket = user.file("agent");
        try (var silent = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            silent.bind(java.net.UnixDomainSocketAddress.of(socket));
            user.config("IdentityAgent " + socket);
            assertEquals("root", whoami(user.settings(null, 0)));
        }
        Files.deleteIfExists(socket);
        assertEquals("root", whoami(user.settings(null, 0)));
    }

    private void admit(String name) throws IOException {
        SshHost.it().authorize(Files.readString(user.file(name + ".pub")));
    }

    private void startAgent() throws IOException {
        var socket = user.file("agent");
        if (agent == null) {
            agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            SshHost.Local.await(() -> Files.exists(socket) ? "there" : "");
        }
        user.config("IdentityAgent " + socket);
    }

    private void addToAgent(Path key, String passphrase) throws IOException {
        var asker = user.file("asker");
        Files.writeString(asker, "#!/bin/sh\necho '" + passphrase + "'\n");
        SshHost.Local.run("sh", "-c", "chmod +x " + asker + "; SSH_ASKPASS=" + asker
                + " SSH_ASKPASS_REQUIRE=force"
                + " SSH_AUTH_SOCK=" + user.file("agent") + " ssh-add -q " + key);
    }

    private String failure(SshSettings settings) {
        return user.shown(assertThrows(Failure.class, () -> SshShell.connect(settings)));
    }

    private static String whoami(SshSettings settings) {
        try (var shell = SshShell.connect(settings)) {
            return shell.read(Command.of("id", "-un"));
        }
    }
}
