package dragonfab.database.migrate;

import dragonfab.database.Database;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.Remote;
import java.util.List;

/** Asks a database what it remembers. */
final class MemoryQuestion {
    private MemoryQuestion() {
    }

    /** Only in a dry run may a database be none yet. */
    static DatabaseMemory of(Database database, Remote remote, String environment) {
        var question = DatabaseMemory.question(database);
        var answer = remote.ask(question);
        if (!answer.ok() && !remote.dry()) {
            throw Failure.failed(remote.name(), "the database " + database.name()
                    + " cannot be asked what it has had and what is held back")
                    .of(question.brief(), answer.err().lines().toList())
                    .remedy(Remedy.script("init", environment));
        }
        if (!answer.ok()) {
            remote.note("the database " + database.name()
                    + " does not answer yet: all counts as pending, and nothing as held back");
        }
        return DatabaseMemory.of(answer.ok() ? answer.lines() : List.of());
    }
}
