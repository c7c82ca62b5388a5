package dragonfab.shell.ssh.openssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.ssh.Operator;
import dragonfab.shell.ssh.sshj.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class UnopenedKeyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PEM", "RFC4716"})
    void namesTheKeyThatOurOwnConnectionOpens(String format) throws Exception {
        var path = made(format, "");
        Files.delete(folder.resolve("key.pub"));

        var key = UnopenedKey.at(path, Operator.NOBODY);

        assertTrue(key.isReadyToName());
        assertFalse(key.isShut());
        assertEquals("key " + path, key.name());
        assertArrayEquals(PrivateKeyFile.at(path, Operator.NOBODY).blob(), key.blob());
    }

    @Test
    void cannotNameAnEncryptedKeyInTheOldFormat() throws Exception {
        var path = made("PEM", "secret");
        Files.delete(folder.resolve("key.pub"));

        var key = UnopenedKey.at(path, Operator.NOBODY);

        assertFalse(key.isReadyToName());
        assertTrue(key.isShut());
    }

    @Test
    void refusesAFileThatIsNoKey() throws IOException {
        var path = Files.writeString(folder.resolve("key"), "ssh-ed25519 AAAA\n");

        var refusal = assertThrows(IOException.class, () -> UnopenedKey.at(path, Operator.NOBODY));

        assertEquals("not a private key", refusal.getMessage());
    }

    private Path made(String format, String passphrase) throws Exception {
        var path = folder.resolve("key");
        var keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "rsa", "-m", format, "-N", passphrase, "-f",
                path.toString()).inheritIO().start();
        assertEquals(0, keygen.waitFor());
        return path;
    }
}
