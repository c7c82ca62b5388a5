package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/**
 * The key that a host shows, in the form of a known_hosts line.
 *
 * @param authority who signed it, when it came as a host certificate; otherwise null
 */
public record HostKey(String type, String blob, String authority) {
    /** As ssh shows it to people: {@code ED25519 SHA256:...}. */
    public String shown() {
        var kind = type.startsWith("ecdsa-") ? "ECDSA" : type.replace("ssh-", "").toUpperCase(Locale.ROOT);
        return kind + " " + fingerprint(blob);
    }

    public static String fingerprint(String blob) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(blob));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Failure.failed("known_hosts", "not a key: " + blob);
        }
    }
}
