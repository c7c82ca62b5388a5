package dragonfab.deb;

import dragonfab.report.Failure;
import dragonfab.shell.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A .deb file as deb(5) describes it: an ar archive with two packed tar archives in it, opened one at a time.
 *
 * <p>It is read here, so that a machine without dpkg can tell what is in a package.
 */
record DebFile(Path file, List<Part> parts) {
    private static final String MAGIC = "!<arch>\n";
    private static final int HEADER = 60;
    private static final int NAME = 16;
    private static final int SIZE = 48;
    private static final int SIZE_END = 58;

    /** A member of the archive. */
    record Part(String name, long offset, long size) {
    }

    static DebFile of(Path file) throws IOException {
        try (var archive = new RandomAccessFile(file.toFile(), "r")) {
            var parts = new ArrayList<Part>();
            if (archive.length() < MAGIC.length() || !text(archive, MAGIC.length()).equals(MAGIC)) {
                throw Failure.usage(file.toString(), "is no Debian package");
            }
            while (archive.getFilePointer() + HEADER <= archive.length()) {
                var header = text(archive, HEADER);
                long size = Long.parseLong(header.substring(SIZE, SIZE_END).strip());
                parts.add(new Part(header.substring(0, NAME).strip().replaceFirst("/$", ""),
                        archive.getFilePointer(), size));
                if (archive.getFilePointer() + size > archive.length()) {
                    throw Failure.usage(file.toString(), "is no whole package: it ends within "
                            + parts.get(parts.size() - 1).name());
                }
                archive.seek(archive.getFilePointer() + size + size % 2);
            }
            return new DebFile(file, parts);
        } catch (NumberFormatException e) {
            throw Failure.usage(file.toString(), "is a damaged package");
        }
    }

    private static String text(RandomAccessFile archive, int length) throws IOException {
        var bytes = new byte[length];
        archive.readFully(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The member whose name begins like this. */
    Part part(String name) {
        return parts.stream().filter(each -> each.name().startsWith(name)).findFirst()
                .orElseThrow(() -> Failure.usage(file.toString(), "is a package without " + name));
    }

    /** The tar archive whose name begins like this: control.tar or data.tar. */
    InputStream open(String name, DebContents.Unpacking zstd) throws IOException {
        var part = part(name);
        var packed = bytes(part);
        switch (part.name().substring(name.length())) {
            case "":
                return packed;
            case ".gz":
                return new BufferedInputStream(new GZIPInputStream(packed));
            case ".xz":
                return new BufferedInputStream(new XZInputStream(packed));
            case ".zst":
                return new BufferedInputStream(zstd.open(new Input.Stream(packed)));
            default:
                packed.close();
                throw Failure.usage(file.toString(), part.name() + " is packed in a way that cannot be read here");
        }
    }

    private InputStream bytes(Part part) throws IOException {
        var archive = new RandomAccessFile(file.toFile(), "r");
        archive.seek(part.offset());
        return new BufferedInputStream(
                new BoundedInputStream(Channels.newInputStream(archive.getChannel()), part.size()));
    }
}
