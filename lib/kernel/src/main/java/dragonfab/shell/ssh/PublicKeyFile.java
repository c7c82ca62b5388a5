package dragonfab.shell.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** The public half of a private key, which can be read without its passphrase. */
public record PublicKeyFile(byte[] blob, boolean encrypted) {
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * From the private key's own file, or else from the one beside it; its blob is null where neither has it in clear.
     *
     * @throws IOException when it cannot be read, or is no private key
     */
    public static PublicKeyFile within(Path privateKey) throws IOException {
        var text = Files.readString(privateKey, StandardCharsets.ISO_8859_1);
        if (!text.contains("PRIVATE KEY-----")) {
            throw new IOException("not a private key");
        }
        return text.contains("BEGIN OPENSSH") ? of(text)
                : new PublicKeyFile(beside(privateKey), text.contains("ENCRYPTED"));
    }

    /** In OpenSSH's own format it stands in clear. */
    private static PublicKeyFile of(String text) throws IOException {
        try {
            var base64 = text.replaceAll("(?s).*-----BEGIN[^\n]*\n(.*)-----END.*", "$1");
            var body = ByteBuffer.wrap(Base64.getMimeDecoder().decode(base64));
            var magic = new byte[MAGIC.length];
            body.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IOException("not an OpenSSH key");
            }
            var cipher = new String(string(body), StandardCharsets.US_ASCII);
            string(body);
            string(body);
            body.getInt();
            return new PublicKeyFile(string(body), !cipher.equals("none"));
        } catch (RuntimeException damaged) {
            throw new IOException("damaged key", damaged);
        }
    }

    /** From the .pub file beside a private key; null when there is none. */
    static byte[] beside(Path privateKey) throws IOException {
        return line(privateKey.resolveSibling(privateKey.getFileName() + ".pub"));
    }

    /** From a file with the line {@code TYPE BASE64 COMMENT}; null when there is none. */
    static byte[] line(Path file) throws IOException {
        return Files.isReadable(file) ? blob(Files.readString(file, StandardCharsets.ISO_8859_1)) : null;
    }

    /** From such a line; null when it is none. */
    public static byte[] blob(String line) {
        var words = line.strip().split("\\s+");
        try {
            return words.length < 2 ? null : Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static byte[] string(ByteBuffer from) {
        var bytes = new byte[from.getInt()];
        from.get(bytes);
        return bytes;
    }
}
