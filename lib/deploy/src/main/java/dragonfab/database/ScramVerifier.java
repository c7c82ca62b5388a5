package dragonfab.database;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What PostgreSQL stores in place of a password (RFC 5803); from it nobody gets the password back. */
record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    private static final int ITERATIONS = 4096;
    private static final int SALT = 16;
    private static final int BITS = 256;
    private static final Pattern TEXT = Pattern.compile("SCRAM-SHA-256\\$(\\d+):([^$]+)\\$([^:]+):(.+)");

    static ScramVerifier of(String password) {
        var salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        return of(password, ITERATIONS, salt);
    }

    private static ScramVerifier of(String password, int iterations, byte[] salt) {
        try {
            var normal = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
            var salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(normal, salt, iterations, BITS)).getEncoded();
            var stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
            return new ScramVerifier(iterations, salt, stored, hmac(salted, "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the verifier that a server has is this password's. */
    static boolean matches(String verifier, String password) {
        var parts = TEXT.matcher(verifier);
        return parts.matches() && MessageDigest.isEqual(Base64.getDecoder().decode(parts.group(3)),
                of(password, Integer.parseInt(parts.group(1)), Base64.getDecoder().decode(parts.group(2))).storedKey);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        var base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }
}
