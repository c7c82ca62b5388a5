package dragonfab;

import java.nio.file.Path;

/** The place of the dumps to come. */
public final class DatabaseDumps {

    public DatabaseDumps(Run run) {
    }

    public Path dump(Remote remote) {
        throw new UnsupportedOperationException();
    }
}
