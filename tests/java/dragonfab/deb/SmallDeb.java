package dragonfab.deb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What looks like a package: a control file, and a text in place of what it would install. Nobody can install it. */
public final class SmallDeb {
    private static final int BLOCK = 512;
    private static final int SIZE = 124;
    private static final int TYPE = 156;

    private SmallDeb() {
    }

    /** Its control file says what its name does: NAME_VERSION_ARCHITECTURE.deb. */
    public static Path write(Path file, String text) throws IOException {
        var words = file.getFileName().toString().replaceFirst("\\.deb$", "").split("_");
        return write(file, words[0], words[1], words[2], text);
    }

    /** Whatever the file is called. */
    public static Path write(Path file, String name, String version, String architecture, String text)
            throws IOException {
        var control = "Package: " + name + "\nVersion: " + version + "\nArchitecture: " + architecture
                + "\nMaintainer: Test <test@example.org>\nDescription: small\n";
        return Files.writeString(file, "!<arch>\n" + member("debian-binary", "2.0\n")
                + member("control.tar", tar(control)) + member("data.tar", text));
    }

    private static String tar(String control) {
        var header = new StringBuilder("\0".repeat(BLOCK));
        header.replace(0, "./control".length(), "./control");
        var size = String.format("%011o", control.length());
        header.replace(SIZE, SIZE + size.length(), size);
        header.setCharAt(TYPE, '0');
        return header + control + "\0".repeat(BLOCK - control.length() % BLOCK) + "\0".repeat(2 * BLOCK);
    }

    private static String member(String name, String text) {
        return String.format("%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "100644", text.length()) + text
                + "\n".repeat(text.length() % 2);
    }
}
