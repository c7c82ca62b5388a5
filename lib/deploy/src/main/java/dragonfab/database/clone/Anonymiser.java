package dragonfab.database.clone;

import dragonfab.config.Environment;
import dragonfab.database.Database;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Remedy;
import dragonfab.target.Remote;
import java.util.ArrayList;
import java.util.List;

/**
 * Anonymises a cloned database before anybody sees it, or refuses with everything that is not declared.
 *
 * <p>A database that this failed on may still hold personal data: whoever loaded it throws it away.
 */
public final class Anonymiser {
    private final Run run;
    private final Anonymisation wanted;

    public Anonymiser(Run run, Environment to) {
        this.run = run;
        this.wanted = Anonymisation.of(to);
    }

    /** Whether it looks at what came, and may change it. */
    public boolean looks() {
        return !wanted.off();
    }

    /**
     * Changes the rows, before there are indexes, constraints and triggers.
     *
     * @param name of the database beside the live one; in a dry run it may not be there
     */
    public void anonymise(Remote remote, Database database, String name) {
        if (wanted.off()) {
            remote.warn("the clone keeps its personal data (anonymise: off)");
        } else if (run.dry()) {
            remote.note("looks for personal data that is not declared under anonymise, when there is a clone");
        } else {
            change(remote, database, name);
        }
    }

    /** Does in the whole database what the project wants done in a clone. */
    public void adapt(Remote remote, Database database, String name) {
        if (wanted.domain() != null) {
            moveSite(remote, database, name);
        }
        if (!wanted.after().isEmpty()) {
            remote.run("run " + Anonymisation.count(wanted.after().size(), "statement") + " of after_clone",
                    wanted.runAfter(database, name));
        }
    }

    private void change(Remote remote, Database database, String name) {
        var facts = remote.read(this.wanted.inspect(database, name)).lines().toList();
        var wanted = this.wanted.withSetsFor(facts);
        var problems = new ArrayList<>(wanted.missing(facts));
        problems.addAll(wanted.findings(facts));
        var questions = wanted.questions(facts);
        if (!problems.isEmpty()) {
            var asked = questions.isEmpty() ? ""
                    : "\n" + Anonymisation.count(questions.size(), "question") + " that would not stop the clone:\n"
                            + LongList.of(questions, "\n");
            // All of them, for each has to be declared, and half of them would be the same refusal once more.
            throw Failure.refused(remote.name(), "anonymise does not cover the database, "
                    + Anonymisation.count(problems.size(), "problem") + ":\n" + String.join("\n", problems) + asked)
                    .remedy(declare(wanted.fitting(facts)));
        }
        questions.forEach(remote::warn);
        if (wanted.changes()) {
            remote.run(wanted.title(), wanted.apply(database, name, facts));
        }
        if (wanted.dropsLargeObjects()) {
            remote.run("remove the large objects", wanted.dropLargeObjects(database, name));
        }
    }

    private static Remedy declare(List<String> sets) {
        var declare = Remedy.advice("declare these columns under anonymise; keep is for what is not personal");
        return sets.isEmpty() ? declare
                : Remedy.advice("anonymise_sets: [" + String.join(", ", sets) + "] has rules for some of these")
                        .then(declare);
    }

    /** The list is part of what happened: the last words of a command would be cut. */
    private void moveSite(Remote remote, Database database, String name) {
        var said = remote.run("give the site the domain " + wanted.domain(), wanted.moveSite(database, name),
                words -> words.strip().equals("changed")).strip();
        if (!said.isEmpty() && !said.equals("changed") && !said.equals("same")) {
            remote.warn("site_domain has nothing to change: " + said);
        }
    }
}
