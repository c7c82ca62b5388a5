package dragonfab.database.migrate;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.Database;
import dragonfab.database.migrate.PatchHistory.State;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.Remote;
import java.util.List;
import java.util.stream.Stream;

/** The project's patches on the database of one target: shown, applied in order, or written down as applied. */
public final class PatchRunner {
    private final Run run;
    private final Remote remote;
    private final Environment environment;
    private final Database database;
    private final PatchHistory patches;

    private PatchRunner(Run run, Remote remote) {
        this.run = run;
        this.remote = remote;
        this.environment = run.environment();
        this.database = Database.of(environment);
        this.patches = PatchHistory.of(Patch.in(environment.require(Key.PATCHES, "--status and --fake")), had());
    }

    /** Asks the database which it has had. */
    public static PatchRunner on(Remote remote, Run run) {
        return new PatchRunner(run, remote);
    }

    private List<String> had() {
        var question = PatchHistory.question(database);
        var answer = remote.ask(question);
        if (!answer.ok() && !remote.dry()) {
            throw Failure.failed(remote.name(), "the database " + database.name() + " cannot be asked for its patches")
                    .of(question.brief(), answer.err().lines().toList())
                    .remedy(Remedy.script("init", environment.name()));
        }
        if (!answer.ok()) {
            remote.note("the database " + database.name() + " does not answer yet: all patches count as pending");
        }
        return answer.ok() ? answer.lines() : List.of();
    }

    public void show() {
        patches.rows(run.report()::time).forEach(row -> run.report().row("patches", row));
    }

    /** The patches to apply; refuses when what the database has had is no longer what the files say. */
    public List<Patch> pending() {
        refuse(State.CHANGED, "was changed after it was applied",
                Remedy.advice("put the file back and write a new patch").or(taken(State.CHANGED)));
        refuse(State.UNFINISHED, "was begun outside a transaction and not finished",
                Remedy.advice("look how far it came, and finish it by hand").then(taken(State.UNFINISHED)));
        patches.in(State.MISSING)
                .forEach(name -> remote.warn("the patch " + name + " was applied, and its file is gone"));
        return patches.pending();
    }

    /** The first of them counts as applied from then on. */
    private Remedy taken(State state) {
        return Remedy.script("db-migrate", environment.name(), "--fake",
                patches.in(state).stream().findFirst().orElse(""));
    }

    private void refuse(State state, String what, Remedy remedy) {
        var names = patches.in(state);
        if (!names.isEmpty()) {
            throw Failure.refused(remote.name(), "the patch " + names.get(0) + " " + what)
                    .of(null, names.size() == 1 ? List.of() : names)
                    .remedy(remedy);
        }
    }

    /** The first that fails ends it; those before it stay applied. */
    void apply(List<Patch> pending) {
        for (var patch : pending) {
            try {
                if (run.dry() && run.verbose()) {
                    patch.text().lines().forEach(line -> run.report().output(remote.name(), line, false));
                }
                remote.run("apply " + patch.name(), patch.apply(database, CurrentUser.am()),
                        said -> said.stripTrailing().endsWith("applied"));
            } catch (Failure failure) {
                boolean untouched = patch == pending.get(0) && !patch.alone() && stillPending(patch);
                throw untouched ? failure : failure.as(Exit.NEEDS_ATTENTION)
                        .remedy(Remedy.script("db-migrate", environment.name(), "--status"));
            }
        }
    }

    /** Killed or cut off, psql may have sent its last word; only the database knows. */
    private boolean stillPending(Patch patch) {
        try {
            var answer = remote.ask(PatchHistory.question(database));
            return answer.ok() && PatchHistory.of(List.of(patch), answer.lines()).pending().contains(patch);
        } catch (Failure lost) {
            return false;
        }
    }

    /** @param name of a file, or all for those that are pending or unfinished */
    public void fake(String name) {
        var names = name.equals("all") ? Stream.of(State.PENDING, State.UNFINISHED)
                .flatMap(state -> patches.in(state).stream()).filter(patches.files()::containsKey).toList()
                : List.of(name);
        for (var each : names) {
            var patch = patches.files().get(each);
            if (patch == null) {
                throw Failure.usage("--fake", "there is no " + each + " in " + environment.get(Key.PATCHES));
            }
            if (patches.state(each) == State.APPLIED) {
                remote.unchanged("mark " + each + " as applied", "it is applied");
            } else {
                remote.run("mark " + each + " as applied", patch.fake(database, CurrentUser.am()));
            }
        }
    }
}
