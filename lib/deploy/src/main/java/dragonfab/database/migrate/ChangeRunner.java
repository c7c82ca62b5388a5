package dragonfab.database.migrate;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.Database;
import dragonfab.database.migrate.Change.Kind;
import dragonfab.database.migrate.ChangeHistory.State;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.report.Remedy;
import dragonfab.shell.Input;
import dragonfab.target.Remote;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The project's patches and fixtures on the database of one target: shown, applied in order, or written down. */
public final class ChangeRunner {
    private final Run run;
    private final Remote remote;
    private final Environment environment;
    private final Database database;
    private final DatabaseMemory memory;
    private final ChangeHistory patches;
    private final ChangeHistory fixtures;

    private ChangeRunner(Run run, Remote remote) {
        this.run = run;
        this.remote = remote;
        this.environment = run.environment();
        var files = environment.find(Key.PATCHES).map(Patch::in).orElse(List.of());
        var loaded = Fixtures.of(environment);
        this.database = Database.of(environment);
        this.memory = MemoryQuestion.of(database, remote, environment.name());
        this.patches = ChangeHistory.of(Kind.PATCH, files, memory);
        this.fixtures = ChangeHistory.of(Kind.FIXTURE, loaded, memory);
        files.stream().map(Patch::name).filter(fixtures.files()::containsKey).findFirst().ifPresent(name -> {
            throw Failure.usage("environments.yml", "fixtures: a patch has the name " + name + " too");
        });
    }

    /** Asks the database which it has had. */
    public static ChangeRunner on(Remote remote, Run run) {
        return new ChangeRunner(run, remote);
    }

    /** Whether the environment has any. */
    public static boolean areIn(Environment environment) {
        return environment.has(Key.PATCHES) || !environment.get(Key.FIXTURES).isEmpty();
    }

    DatabaseMemory memory() {
        return memory;
    }

    /** The history that has a file of this name, or the one of patches. */
    private ChangeHistory historyOf(String name) {
        return fixtures.files().containsKey(name) ? fixtures : patches;
    }

    /** Null when there is no such file. */
    private Change named(String name) {
        return historyOf(name).files().get(name);
    }

    boolean knows(String name) {
        return named(name) != null;
    }

    State state(String name) {
        return historyOf(name).state(name);
    }

    public void show() {
        patches.rows(run.report()::time).forEach(row -> run.report().row("patches", row));
        fixtures.rows(run.report()::time).forEach(row -> run.report().row("fixtures", row));
        memory.held().forEach((name, row) -> {
            if (!knows(name)) {
                run.report().row("held", row.shown(name, "held", run.report()::time));
            }
        });
    }

    /** The patches to apply; refuses when what the database has had is no longer what the files say. */
    public List<Change> pending() {
        refuse(patches, State.CHANGED, "was changed after it was applied",
                Remedy.advice("put the file back and write a new patch").or(taken(patches, State.CHANGED)));
        refuse(patches, State.UNFINISHED, "was begun outside a transaction and not finished",
                Remedy.advice("look how far it came, and finish it by hand")
                        .then(taken(patches, State.UNFINISHED)));
        patches.in(State.MISSING)
                .forEach(name -> remote.warn("the patch " + name + " was applied, and its file is gone"));
        return patches.pending();
    }

    /** The fixtures to load. One that changed was loaded, and people have worked with its data since. */
    public List<Change> pendingFixtures() {
        refuse(fixtures, State.UNFINISHED, "was begun, and nobody knows whether it was loaded",
                Remedy.advice("look whether its rows are there, and give it a new name when they are not")
                        .or(taken(fixtures, State.UNFINISHED)));
        fixtures.in(State.CHANGED).forEach(name -> remote.warn("the fixture " + name + " was changed after it was"
                + " loaded, and is not loaded again: give it a new name to load it, or take it as it is with "
                + run.report().typed(faking(name))));
        return fixtures.pending();
    }

    /** Those of patches and fixtures that somebody holds back. */
    List<String> held() {
        return Stream.of(patches, fixtures).flatMap(history -> history.in(State.HELD).stream()).toList();
    }

    private void refuse(ChangeHistory history, State state, String what, Remedy remedy) {
        var names = concerned(history, state);
        if (!names.isEmpty()) {
            throw Failure.refused(remote.name(), "the " + history.kind() + " " + names.get(0) + " " + what)
                    .listing(names.size() == 1 ? List.of() : names).remedy(remedy);
        }
    }

    /** The first of them counts as applied from then on. */
    private Remedy taken(ChangeHistory history, State state) {
        return faking(concerned(history, state).stream().findFirst().orElse(""));
    }

    /** A fixture that is no longer listed is nothing that anybody waits for. */
    private List<String> concerned(ChangeHistory history, State state) {
        return history.in(state).stream().filter(name -> history == patches || knows(name)).toList();
    }

    private Remedy faking(String name) {
        return Remedy.script("db-migrate", environment.name(), "--fake", name);
    }

    /** The first that fails ends it; those before it stay. @param first whether nothing was changed before */
    void apply(List<Change> pending, boolean first) {
        for (var change : pending) {
            try {
                if (change instanceof Patch patch) {
                    apply(patch);
                } else if (change instanceof DjangoFixture fixture) {
                    load(fixture);
                }
            } catch (Failure failure) {
                boolean untouched = first && change == pending.get(0)
                        && (change.whole() || DjangoFixture.leftNothing(failure)) && stillPending(change);
                throw untouched ? failure : failure.as(Exit.NEEDS_ATTENTION)
                        .remedy(Remedy.script("db-migrate", environment.name(), "--status"));
            }
        }
    }

    private void apply(Patch patch) {
        if (run.dry() && run.verbose()) {
            patch.text().lines().forEach(line -> run.report().output(remote.name(), line, false));
        }
        remote.run(patch.kind().verb() + " " + patch.name(), patch.apply(database, CurrentUser.am()),
                said -> said.stripTrailing().endsWith("applied"));
    }

    private void load(DjangoFixture fixture) {
        var by = CurrentUser.am();
        var application = ApplicationMigrations.application(run.at(remote), run.transaction().brought(remote));
        var load = fixture.load(application);
        var step = remote.step(fixture.kind().verb() + " " + fixture.name());
        step.run(load, () -> {
            if (step.execute(fixture.begin(database, by)).stripTrailing().endsWith("there")) {
                return Outcome.UNCHANGED;
            }
            try {
                step.execute(load);
            } catch (Failure failure) {
                if (DjangoFixture.leftNothing(failure)) {
                    step.execute(fixture.forget(database, by));
                }
                throw failure;
            }
            step.execute(fixture.finish(database, by));
            return Outcome.CHANGED;
        }, done -> done);
    }

    /** Killed or cut off, psql may have sent its last word; only the database knows. */
    private boolean stillPending(Change change) {
        try {
            var answer = remote.ask(DatabaseMemory.question(database));
            return answer.ok() && !DatabaseMemory.of(answer.lines()).had(change.kind()).containsKey(change.name());
        } catch (Failure lost) {
            return false;
        }
    }

    /** @param name of a file, or all for those that are pending or unfinished */
    public void fake(String name) {
        if (!areIn(environment)) {
            environment.require(Key.PATCHES, "--fake");
        }
        var names = name.equals("all") ? Stream.of(patches, fixtures).flatMap(
                history -> Stream.of(State.PENDING, State.UNFINISHED).flatMap(state -> history.in(state).stream()))
                .filter(this::knows).toList() : List.of(name);
        for (var each : names) {
            var change = named(each);
            if (change == null) {
                throw Failure.usage("--fake", "there is no " + each + " in " + places());
            }
            var title = "mark " + each + " as " + change.kind().done();
            if (state(each) == State.APPLIED) {
                remote.unchanged(title, "it is " + change.kind().done());
            } else {
                remote.run(title, change.fake(database, CurrentUser.am()));
            }
        }
    }

    private String places() {
        var folder = environment.find(Key.PATCHES).map(Object::toString);
        return environment.get(Key.FIXTURES).isEmpty() ? folder.orElseThrow()
                : folder.map(each -> each + " or ").orElse("") + "fixtures";
    }

    /** Keeps what has this name from being applied, until it is released. */
    public void hold(String name) {
        boolean known = knows(name);
        if (!known) {
            requireDjangos(name);
        }
        var title = "hold back " + name;
        if (memory.held().containsKey(name)) {
            remote.unchanged(title, memory.holder(name, run.report()::time).replaceFirst(", ", " did, "));
            return;
        }
        if (known ? state(name) != State.PENDING : appliedByDjango(name)) {
            throw Failure.refused(remote.name(), name + " is applied already, and cannot be held back");
        }
        remote.run(title, database.byDba("database/hold", Input.NOTHING, "hold", name, CurrentUser.am()));
    }

    public void release(String name) {
        var title = "release " + name;
        if (!memory.held().containsKey(name)) {
            remote.unchanged(title, "it is not held back");
            return;
        }
        remote.run(title, database.byDba("database/hold", Input.NOTHING, "release", name, CurrentUser.am()));
    }

    private void requireDjangos(String name) {
        var own = ApplicationMigrations.of(run.at(remote), Optional.empty());
        if (own.isPresent() && !own.get().areDjangos()) {
            throw Failure.usage("--not-yet",
                    name + " is no patch and no fixture, and what db_migrate runs cannot be held back");
        }
        if (own.isEmpty() || name.endsWith(".sql") || !DjangoPlan.NAME.matcher(name).matches()) {
            throw Failure.usage("--not-yet", "there is no patch and no fixture " + name + (own.isEmpty() ? ""
                    : "; one of Django's is named as in app.0001_initial"));
        }
    }

    /** Where a release is yet to come, its migrations are too. */
    private boolean appliedByDjango(String name) {
        var question =
                ApplicationMigrations.of(run.at(remote), Optional.empty()).orElseThrow().question().orElseThrow();
        var answer = remote.ask(question);
        if (!answer.ok()) {
            throw Failure.failed(remote.name(), "what is pending is unknown: " + answer.ended())
                    .of(question.brief(), (answer.out() + answer.err()).lines().toList());
        }
        var line = answer.lines().stream().filter(each -> each.strip().endsWith(" " + name)).findFirst();
        if (line.isEmpty()) {
            remote.note("the installed release has no " + name + ": it is held when it comes");
        }
        return line.filter(each -> each.strip().startsWith("[X]")).isPresent();
    }
}
