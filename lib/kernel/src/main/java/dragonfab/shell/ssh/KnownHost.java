package dragonfab.shell.ssh;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a known_hosts file.
 *
 * @param marker {@code @revoked}, {@code @cert-authority}, or ""
 * @param names  patterns, comma separated, or one hashed name
 * @param number of the line in its file, from 1
 */
public record KnownHost(String marker, String names, String type, String blob, Path file, int number) {
    private static final String HASHED = "|1|";

    /** Null for an empty line, a comment, or a line that is no entry. */
    static KnownHost parse(String text, Path file, int number) {
        var words = new StringTokenizer(text);
        int count = words.countTokens();
        var first = count == 0 ? "#" : words.nextToken();
        boolean marked = first.startsWith("@");
        if (first.startsWith("#") || count < (marked ? 4 : 3)) {
            return null;
        }
        return new KnownHost(marked ? first : "", marked ? words.nextToken() : first, words.nextToken(),
                words.nextToken(), file, number);
    }

    /** Where it stands: {@code FILE:NUMBER}. */
    public String line() {
        return file + ":" + number;
    }

    /** Whether it is about one of them. */
    boolean isAbout(List<String> hosts) {
        for (var host : hosts) {
            if (isAbout(host)) {
                return true;
            }
        }
        return false;
    }

    /** A negated pattern that fits outweighs all others. */
    boolean isAbout(String name) {
        if (names.indexOf(',') < 0) {
            return fits(names, name);
        }
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
        return matches(pattern, name);
    }

    /** As ssh understands * and ?. */
    static boolean matches(String pattern, String name) {
        if (pattern.equals("*")) {
            return true;
        }
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            return pattern.equalsIgnoreCase(name);
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
