package dragonfab.shell.ssh.sshj;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The cryptography that the JDK lacks, behind all that it has.
 *
 * <p>A class of its own: merely to mention the provider costs half a second, for its jar is signed.
 */
final class BouncyCastle {

    private BouncyCastle() {
    }

    static void add() {
        Security.addProvider(new BouncyCastleProvider());
    }
}
