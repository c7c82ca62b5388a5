package dragonfab.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder of this machine whose files are for nobody else to read, and not for git. */
public record PrivateFolder(Path path) {
    private static final FileAttribute<?> CLOSED =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    public void makeReady() throws IOException {
        if (!Files.isDirectory(path)) {
            WholeFile.makeFolder(path.getParent());
            makeUnlessThere(path, () -> Files.createDirectory(path, CLOSED));
        }
        var ignore = path.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            makeUnlessThere(ignore, () -> write(".gitignore", "*\n"));
        }
    }

    public void write(String name, String text) throws IOException {
        WholeFile.writePrivate(path.resolve(name), part -> Files.writeString(part, text));
    }

    /** Another process may do the same at that moment. */
    private static void makeUnlessThere(Path made, Making making) throws IOException {
        try {
            making.make();
        } catch (IOException e) {
            if (!Files.exists(made)) {
                throw e;
            }
        }
    }

    private interface Making {
        void make() throws IOException;
    }
}
