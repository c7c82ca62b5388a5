package dragonfab.shell.ssh;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a known_hosts file.
 *
 * @param marker {@code @revoked}, {@code @cert-authority}, or ""
 * @param names  patterns, comma separated, or one hashed name
 * @param line   where it stands: {@code FILE:NUMBER}
 */
record KnownHost(String marker, String names, String type, String blob, String line) {
    private static final String HASHED = "|1|";

    /** Null for an empty line, a comment, or a line that is no entry. */
    static KnownHost parse(String text, String line) {
        var words = text.strip().split("\\s+");
        var first = words[0].startsWith("@") ? 1 : 0;
        if (words[0].isEmpty() || words[0].startsWith("#") || words.length < first + 3) {
            return null;
        }
        var marker = first == 1 ? words[0] : "";
        return new KnownHost(marker, words[first], words[first + 1], words[first + 2], line);
    }

    /** A negated pattern that fits outweighs all others. */
    boolean isAbout(String name) {
        var fits = false;
        for (var pattern : names.split(",")) {
            var negated = pattern.startsWith("!");
            if (fits(negated ? pattern.substring(1) : pattern, name)) {
                if (negated) {
                    return false;
                }
                fits = true;
            }
        }
        return fits;
    }

    static String hashed(String name) {
        var salt = new byte[20];
        new SecureRandom().nextBytes(salt);
        var base64 = Base64.getEncoder();
        return HASHED + base64.encodeToString(salt) + "|" + base64.encodeToString(digest(name, salt));
    }

    private static boolean fits(String pattern, String name) {
        if (pattern.startsWith(HASHED)) {
            return fitsHash(pattern.substring(HASHED.length()).split("\\|"), name);
        }
        var glob = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(glob, Pattern.CASE_INSENSITIVE).matcher(name).matches();
    }

    private static boolean fitsHash(String[] saltAndHash, String name) {
        try {
            var decoder = Base64.getDecoder();
            return saltAndHash.length == 2 && MessageDigest.isEqual(decoder.decode(saltAndHash[1]),
                    digest(name, decoder.decode(saltAndHash[0])));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static byte[] digest(String name, byte[] salt) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return mac.doFinal(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
