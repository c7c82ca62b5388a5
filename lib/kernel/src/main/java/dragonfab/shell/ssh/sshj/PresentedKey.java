package dragonfab.shell.ssh.sshj;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import dragonfab.shell.ssh.HostKey;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/** The key or the certificate that a host presents, as sshj has it, in the form of known_hosts. */
final class PresentedKey {
    private static final long HOST_CERTIFICATE = 2;

    private PresentedKey() {
    }

    static HostKey of(PublicKey key) {
        if (key instanceof Certificate<?> certificate) {
            // A user's certificate by the same authority must not pass for a host.
            var isForHosts = certificate.getType() == HOST_CERTIFICATE;
            return new HostKey(KeyType.fromKey(certificate.getKey()).toString(), blob(certificate.getKey()),
                    isForHosts ? encoded(certificate.getSignatureKey()) : null);
        }
        return new HostKey(KeyType.fromKey(key).toString(), blob(key), null);
    }

    private static String blob(PublicKey key) {
        return encoded(new Buffer.PlainBuffer().putPublicKey(key).getCompactData());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
