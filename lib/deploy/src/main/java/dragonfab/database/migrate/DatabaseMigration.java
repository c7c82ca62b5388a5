package dragonfab.database.migrate;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.DatabaseDumps;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.state.Journal;
import dragonfab.state.RunningRelease;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One migration of an environment's database, from its first target: patches, then the application's own.
 *
 * <p>Before anything changes, it is known what is pending, a dump that is wanted is made, and the journal is told.
 */
public final class DatabaseMigration {
    private final Run run;
    private final Environment environment;
    private final Remote remote;
    private final Function<Remote, Path> dump;
    private final Optional<ChangeRunner> changes;
    private final List<Change> pendingPatches;
    private final List<Change> pendingFixtures;
    private final Optional<ApplicationMigrations> own;
    /** Nothing when it is unknown. */
    private final Optional<List<String>> pendingOwn;
    private final HeldMigrations held;

    DatabaseMigration(Run run, Function<Remote, Path> dump) {
        this.run = run;
        this.environment = run.environment();
        this.remote = run.database();
        this.dump = dump;
        int targets = environment.targets().size();
        run.report().single(targets == 1);
        if (targets > 1) {
            remote.note("one of " + targets + " targets migrates for all, and it is this one");
        }
        this.changes = ChangeRunner.areIn(environment) ? Optional.of(ChangeRunner.on(remote, run)) : Optional.empty();
        this.pendingPatches = changes.map(ChangeRunner::pending).orElse(List.of());
        this.pendingFixtures = changes.map(ChangeRunner::pendingFixtures).orElse(List.of());
        this.own = ApplicationMigrations.of(run.at(remote), run.transaction().brought(remote));
        var listed = own.isEmpty() ? Optional.of(List.<String>of()) : own.get().question().flatMap(this::answer);
        this.held = HeldMigrations.of(remote, environment, own, listed.orElse(List.of()),
                changes.map(ChangeRunner::memory));
        this.pendingOwn = listed.map(held::due);
    }

    /** @param running for the dump that is made before, which names its release */
    public static DatabaseMigration of(Run run, RunningRelease running) {
        return new DatabaseMigration(run, remote -> new DatabaseDumps(run, running).dump(remote));
    }

    private Optional<List<String>> answer(Command question) {
        var answer = remote.ask(question);
        if (answer.ok()) {
            return Optional.of(own.get().pending(answer.lines()));
        }
        if (!remote.dry()) {
            throw Failure.failed(remote.name(), "what is pending is unknown: " + answer.ended())
                    .of(question.brief(), (answer.out() + answer.err()).lines().toList());
        }
        remote.note("what is pending is unknown before the application is there");
        return Optional.empty();
    }

    /** Shows what is pending; anything is a failure. */
    public void check() {
        if (own.isPresent() && own.get().question().isEmpty()) {
            throw Failure.usage("environments.yml",
                    environment + ": with db_migrate, --check needs db_migrate_pending");
        }
        showHeld();
        if (names().isEmpty()) {
            remote.unchanged("see what is pending", "nothing is");
            return;
        }
        show();
        throw Failure.failed(remote.name(), names().size() + " pending")
                .remedy(Remedy.script("db-migrate", environment));
    }

    public void perform() {
        showHeld();
        if (names().isEmpty() && pendingOwn.isPresent()) {
            remote.unchanged("migrate the database", "nothing is pending");
            return;
        }
        show();
        run.transaction().beforeVisibleChange();
        recorded(dumps(environment) ? dump.apply(remote) : null, () -> {
            boolean migrates = pendingOwn.isEmpty() || !pendingOwn.get().isEmpty();
            changes.ifPresent(files -> files.apply(pendingPatches, true));
            if (migrates) {
                migrate(own.orElseThrow());
            }
            changes.ifPresent(files -> files.apply(pendingFixtures, pendingPatches.isEmpty() && !migrates));
        });
    }

    /** Whether the database is dumped before anything changes. */
    public static boolean dumps(Environment environment) {
        return environment.find(Key.DUMP_BEFORE_MIGRATE)
                .orElse(environment.get(Key.PROTECTED) && environment.has(Key.DB_NAME));
    }

    private List<String> names() {
        return Stream.of(pendingPatches.stream().map(Change::name), pendingOwn.stream().flatMap(List::stream),
                pendingFixtures.stream().map(Change::name)).flatMap(Function.identity()).toList();
    }

    private void showHeld() {
        var names = changes.map(ChangeRunner::held).orElse(List.of());
        Stream.concat(names.stream(), held.names().stream()).forEach(name -> remote.note(
                name + " is held back by " + held.memory().holder(name, run.report()::time)));
        if (!held.waiting().isEmpty()) {
            remote.note(LongList.of(held.waiting()) + " wait for what is held back");
        }
    }

    private void show() {
        if (!names().isEmpty()) {
            remote.note(names().size() + " pending:");
        }
        run.report().list(remote.name(), names());
    }

    private void migrate(ApplicationMigrations migrations) {
        try {
            if (held.names().isEmpty()) {
                run.transaction().step(remote, migrations.title(), migrations.migrate());
            }
            held.targets().forEach(target -> run.transaction().step(remote, migrations.title() + ": "
                    + target.application() + " to " + target.migration(), migrations.migrate(target)));
        } catch (Failure failure) {
            throw failure.as(Exit.NEEDS_ATTENTION).remedy(Remedy.script("db-migrate", environment, "--check")
                    .then(Remedy.advice("correct it, and")).then(Remedy.script("db-migrate", environment)));
        }
    }

    /** A rollback is decided by whether the journal still has the schema of the release before. */
    private void recorded(Path before, Runnable work) {
        var name = environment.application();
        if (name.isEmpty()) {
            work.run();
            return;
        }
        var targetState = new TargetState(name.get());
        var id = UUID.randomUUID().toString();
        run.transaction().schemaChanges(before);
        remote.record(targetState.append(Journal.migration(id, CurrentUser.am(), "begun", false, names(),
                before == null ? null : before.getFileName().toString())));
        try {
            work.run();
        } catch (RuntimeException e) {
            boolean untouched = e instanceof Failure failure && failure.exit() == Exit.FAILED;
            try {
                record(targetState, id, "failed", untouched);
                if (untouched) {
                    run.transaction().schemaIsAsBefore();
                }
            } catch (RuntimeException alsoLost) {
                // Begun and never finished says the same, and the first failure is the one to read.
                e.addSuppressed(alsoLost);
            }
            throw e;
        }
        record(targetState, id, "finished", false);
    }

    private void record(TargetState targetState, String id, String state, boolean untouched) {
        remote.record(targetState.append(Journal.migration(id, CurrentUser.am(), state, untouched, names(), null)));
    }
}
