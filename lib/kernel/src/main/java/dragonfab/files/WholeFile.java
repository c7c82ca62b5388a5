package dragonfab.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file of this machine that appears whole under its name or not at all; until then its name is a hidden one. */
public final class WholeFile {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private WholeFile() {
    }

    /** What writes a file; when it throws, there is none. */
    public interface Content {
        void writeTo(Path part) throws IOException;
    }

    public static Path write(Path file, Content content) throws IOException {
        var part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            content.writeTo(part);
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** For nobody else to read, from its first byte on. */
    public static Path writePrivate(Path file, Content content) throws IOException {
        return write(file, part -> {
            Files.deleteIfExists(part);
            Files.createFile(part, PRIVATE);
            content.writeTo(part);
        });
    }
}
