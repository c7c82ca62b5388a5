package dragonfab.database.clone;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.Database;
import dragonfab.database.DatabaseFacts;
import dragonfab.database.DatabaseLoad;
import dragonfab.database.DatabaseOrigin;
import dragonfab.database.DumpStore;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.target.Parallel;
import dragonfab.target.Remote;

/**
 * The copy of one environment's database into another: allowed in that direction, anonymised before anybody sees it,
 * and swapped in only when it is whole.
 */
public final class DatabaseClone {
    private final Run run;
    private final Environment from;
    private final Environment to;
    private Remote source;
    private DatabaseFacts there;
    private DatabaseLoad load;

    /** @param name of the environment to take from; null for clone_from */
    public DatabaseClone(Run run, String name) {
        this.run = run;
        this.to = run.environment();
        this.from = run.other(name == null ? to.require(Key.CLONE_FROM, "the default of --from") : name);
        ClonePolicy.require(from, to);
    }

    /** In one stream from server to server. */
    public void fromServer() {
        Parallel.both(this::askSource, this::askStanding);
        take(there.origin(), () -> load.load(source, Database.of(from), there, isNear()));
    }

    private void askSource() {
        source = run.places().databaseOf(from);
        var database = Database.of(from);
        there = DatabaseFacts.of(source.name(), database, source.read(database.describe()));
        if (there.origin() == null) {
            throw Failure.failed(source.name(), "there is no database " + database.name());
        }
    }

    /** Nothing is started for a source that may have nothing to give. */
    private void askStanding() {
        if (run.places().areStanding()) {
            load = DatabaseLoad.on(run.database(), to);
        }
    }

    private boolean isNear() {
        return java.util.stream.Stream.of(from, to).flatMap(one -> one.targets().stream())
                .allMatch(target -> target instanceof Container container && container.on() == null);
    }

    /** From the newest dump on this machine. */
    public void fromDump() {
        from(new DumpStore(to.get(Key.DUMP_DIR), from.name()).newest());
    }

    /** From that dump, which is of the other environment. */
    public void from(DumpStore.Dump dump) {
        dump.requireWhole();
        take(dump.manifest().origin(), () -> load.load(dump));
    }

    private void take(DatabaseOrigin origin, Runnable work) {
        if (load == null) {
            load = DatabaseLoad.on(run.database(), to);
        }
        load.requireFit(origin);
        var anonymiser = new Anonymiser(run, to);
        if (anonymiser.looks()) {
            load.holdBack();
        }
        load.whole(() -> {
            work.run();
            anonymiser.anonymise(run.database(), load.database(), load.loaded());
            load.complete(origin);
            anonymiser.adapt(run.database(), load.database(), load.loaded());
            load.swap(origin);
        });
    }
}
