package dragonfab.database.migrate;

import dragonfab.database.Database;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a database gets once, and remembers by name and checksum. */
public sealed interface Change permits Patch, DjangoFixture {
    /** Each has a table of its own in the database. */
    enum Kind {
        PATCH("apply", "applied"), FIXTURE("load", "loaded");

        private final String verb;
        private final String done;

        Kind(String verb, String done) {
            this.verb = verb;
            this.done = done;
        }

        /** What becomes of one. */
        public String verb() {
            return verb;
        }

        public String done() {
            return done;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    String name();

    String sha256();

    /** Whether its row comes in the same transaction, so that both are there or neither is. */
    boolean whole();

    /** Writes down that it is applied, and runs nothing. */
    default Command fake(Database database, String by) {
        return row(database, "fake", Input.NOTHING, by + " (fake)");
    }

    /** A change of its row, and of what the row stands for when the input is SQL. */
    default Command row(Database database, String how, Input sql, String by) {
        var arguments = new ArrayList<Object>(List.of(how, name(), sha256(), by));
        if (kind() == Kind.FIXTURE) {
            arguments.add(kind());
        }
        return database.byDba("database/patch", sql, arguments.toArray());
    }
}
