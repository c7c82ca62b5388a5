package dragonfab.shell.ssh.sshj;

import dragonfab.shell.DaemonThreads;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Java does late, done beside other work: classes of the first connection, of which the search for the JDK's own
 * cryptography takes longest, and ciphers for many bytes.
 */
public final class WarmUp {
    private static final int ROUNDS = 4000;
    private static final AtomicBoolean MANY = new AtomicBoolean();

    private WarmUp() {
    }

    /** Beside whatever comes before the first connection; nobody waits for it. */
    public static void begin() {
        DaemonThreads.start(WarmUp::load);
    }

    /**
     * Once many bytes are seen to pass: the better compiler of Java, which the installed form keeps away from all else,
     * makes ciphers of whole packets several times as fast, when they were called often enough.
     */
    static void passMany() {
        if (MANY.compareAndSet(false, true)) {
            DaemonThreads.start(WarmUp::encrypt);
        }
    }

    private static void encrypt() throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var key = new SecretKeySpec(new byte[32], "AES");
        for (var round = 0; round < ROUNDS; round++) {
            var nonce = ByteBuffer.allocate(12).putInt(round).array();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            cipher.doFinal(new byte[64]);
        }
    }

    private static void load() throws GeneralSecurityException {
        TrainingRun.cryptography();
        Algorithms.of(List.of());
        // sshj writes a number into the name of each thread, and Java then looks for the digits of the country.
        String.format("%d", 0);
    }
}
