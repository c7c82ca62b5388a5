package dragonfab.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** A file of this machine that appears whole under its name or not at all; until then its name is a hidden one. */
public final class WholeFile {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<?> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

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
            closeToOthers(part);
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** With a umask of 000 anybody could put another in its place of what is then brought to targets. */
    private static void closeToOthers(Path file) throws IOException {
        var permissions = Files.getPosixFilePermissions(file);
        if (permissions.remove(PosixFilePermission.OTHERS_WRITE)) {
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    /** Makes a folder and those above it that are missing, which others cannot write to. */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, READABLE);
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
