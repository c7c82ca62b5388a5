package dragonfab.deb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What looks like a package from outside, and holds no archives but a text; nobody can install it. */
public final class SmallDeb {

    private SmallDeb() {
    }

    public static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, "!<arch>\n" + member("debian-binary", "2.0\n") + member("control.tar", text)
                + member("data.tar", text));
    }

    private static String member(String name, String text) {
        return String.format("%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "100644", text.length()) + text
                + "\n".repeat(text.length() % 2);
    }
}
