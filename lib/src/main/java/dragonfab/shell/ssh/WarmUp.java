package dragonfab.shell.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;

/** Loads what the first connection would wait for, of which the search for the JDK's own cryptography takes longest. */
public final class WarmUp {

    private WarmUp() {
    }

    /** Beside whatever comes before the first connection; nobody waits for it. */
    public static void begin() {
        Daemons.start(WarmUp::load);
    }

    private static void load() throws GeneralSecurityException {
        KeyPairGenerator.getInstance("X25519");
        KeyAgreement.getInstance("X25519");
        Signature.getInstance("Ed25519");
        Cipher.getInstance("AES/GCM/NoPadding");
        Algorithms.of(List.of());
    }
}
