package dragonfab.database.migrate;

import dragonfab.app.Application;
import dragonfab.database.Database;
import dragonfab.files.Checksum;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.nio.file.Path;

/**
 * Data that Django loads: of a file of the project, or of one that the application has under a label.
 *
 * <p>Django loads it whole or not at all, but its row comes in another connection.
 *
 * @param name as environments.yml has it
 * @param file null for a label
 */
public record DjangoFixture(String name, Path file) implements Change {
    /** In the place of a checksum: what a label stands for is the application's, and may change. */
    private static final String LABEL = "label";
    /** What the script says when Django has surely taken all of it back. */
    private static final String NOTHING_LOADED = "nothing of it was loaded";

    @Override
    public Kind kind() {
        return Kind.FIXTURE;
    }

    @Override
    public String sha256() {
        return file == null ? LABEL : Checksum.of(file);
    }

    @Override
    public boolean whole() {
        return false;
    }

    /** Says "begun", or "there" when somebody else was first. */
    Command begin(Database database, String by) {
        return row(database, "begin", Input.NOTHING, by);
    }

    Command load(Application application) {
        return file == null ? application.fixture(name) : application.fixture(file);
    }

    Command finish(Database database, String by) {
        return row(database, "finish", Input.NOTHING, by);
    }

    Command forget(Database database, String by) {
        return row(database, "forget", Input.NOTHING, by);
    }

    /** Whether nothing came of it for certain: of a load that was cut off, nobody knows. */
    static boolean leftNothing(Failure failure) {
        return failure.tail().contains(NOTHING_LOADED);
    }
}
