package dragonfab.deb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A tar archive, read once from its beginning to its end: regular files and hard links, with names of any length.
 *
 * <p>Of an entry that the visitor does not read, the rest is passed over.
 */
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME_END = 100;
    private static final int SIZE = 124;
    private static final int SIZE_END = 136;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int LINK_END = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_END = 500;
    private static final Pattern PATH = Pattern.compile("(?m)^[0-9]+ path=(.*)$");

    /** Sees each file as it passes. */
    interface Visitor {
        void file(String path, long size, InputStream content) throws IOException;

        /** Another name of a file that has passed. */
        void link(String path, String of);
    }

    private Tar() {
    }

    static void read(InputStream in, Visitor visitor) throws IOException {
        var header = new byte[BLOCK];
        String longName = null;
        String longLink = null;
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            long size = size(header);
            var content = new BoundedInputStream(in, size);
            char type = (char) header[TYPE];
            if (type == 'L') {
                longName = text(content.readAllBytes());
            } else if (type == 'K') {
                longLink = text(content.readAllBytes());
            } else if (type == 'x') {
                var path = PATH.matcher(text(content.readAllBytes()));
                longName = path.find() ? path.group(1) : longName;
            } else {
                var name = longName == null ? name(header) : longName;
                if (type == '0' || type == 0) {
                    visitor.file(absolute(name), size, content);
                } else if (type == '1') {
                    visitor.link(absolute(name), absolute(longLink == null ? text(header, LINK, LINK_END) : longLink));
                }
                longName = null;
                longLink = null;
            }
            content.transferTo(java.io.OutputStream.nullOutputStream());
            in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        }
    }

    private static String name(byte[] header) {
        boolean posix = text(header, 257, 263).equals("ustar");
        var prefix = posix ? text(header, PREFIX, PREFIX_END) : "";
        return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME_END);
    }

    /** ./usr/bin/x is /usr/bin/x. */
    private static String absolute(String name) {
        return "/" + name.replaceFirst("^(\\./|/)+", "");
    }

    /** Octal digits, or for what is larger a number to the base of 256. */
    private static long size(byte[] header) {
        if (header[SIZE] >= 0) {
            var digits = text(header, SIZE, SIZE_END).strip();
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        }
        long size = 0;
        for (int i = SIZE + 4; i < SIZE_END; i++) {
            size = size << 8 | header[i] & 0xff;
        }
        return size;
    }

    private static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
