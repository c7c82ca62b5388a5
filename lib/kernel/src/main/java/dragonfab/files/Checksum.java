package dragonfab.files;

import dragonfab.report.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal, as sha256sum prints it; and MD5, for dpkg knows files by it. */
public final class Checksum {

    private Checksum() {
    }

    public static MessageDigest digest() {
        return digest("SHA-256");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String of(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A file that cannot be read is a failure. */
    public static String of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, digest());
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }

    public static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(digest("MD5").digest(bytes));
    }

    /** Of all that is left of it. */
    public static String md5(InputStream in) throws IOException {
        return of(in, digest("MD5"));
    }

    private static String of(InputStream in, MessageDigest digest) throws IOException {
        var buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
