package dragonfab.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an earlier dragonfab left: see tests/resources/before/README. */
public final class InstallationBefore {
    public static final Path FILES = Path.of(System.getProperty("dragonfab.home"), "tests/resources/before");

    private InstallationBefore() {
    }

    /** @param state cut-off or good */
    static Journal journal(String state) throws IOException {
        return Journal.of(lines(state));
    }

    static List<String> lines(String state) throws IOException {
        return Files.readAllLines(FILES.resolve(state + ".journal"));
    }
}
