package dragonfab.shell.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import dragonfab.report.Failure;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/**
 * The key that a host shows, in the form of a known_hosts line.
 *
 * @param authority who signed it, when it came as a host certificate; otherwise null
 */
record HostKey(String type, String blob, String authority) {
    private static final long HOST_CERTIFICATE = 2;

    static HostKey of(PublicKey key) {
        if (key instanceof Certificate<?> certificate) {
            // A user's certificate by the same authority must not pass for a host.
            var isForHosts = certificate.getType() == HOST_CERTIFICATE;
            return new HostKey(KeyType.fromKey(certificate.getKey()).toString(), blob(certificate.getKey()),
                    isForHosts ? encoded(certificate.getSignatureKey()) : null);
        }
        return new HostKey(KeyType.fromKey(key).toString(), blob(key), null);
    }

    /** As ssh shows it to people: {@code ED25519 SHA256:...}. */
    String shown() {
        var kind = type.startsWith("ecdsa-") ? "ECDSA" : type.replace("ssh-", "").toUpperCase();
        return kind + " " + fingerprint(blob);
    }

    static String fingerprint(String blob) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(blob));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Failure.failed("known_hosts", "not a key: " + blob);
        }
    }

    private static String blob(PublicKey key) {
        return encoded(new Buffer.PlainBuffer().putPublicKey(key).getCompactData());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
