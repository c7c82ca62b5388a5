package dragonfab;

import dragonfab.ops.Direction;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.ops.Database;
import dragonfab.ops.DatabaseFacts;
import dragonfab.ops.DatabaseOrigin;
import dragonfab.report.Failure;
import java.util.function.Supplier;

/**
 * The way of one environment's database into another: allowed in that direction, anonymised before anybody sees it,
 * and swapped in only when it is whole.
 */
public final class DatabaseClone {
    private final Run run;
    private final Environment from;
    private final Environment to;

    /** @param name of the environment to take from; null for clone_from */
    public DatabaseClone(Run run, String name) {
        this.run = run;
        this.to = run.environment();
        this.from = run.other(name == null ? to.require(Key.CLONE_FROM, "the default of --from") : name);
        Direction.demand(from, to);
    }

    /** In one stream from server to server. */
    public void fromServer() {
        var source = run.firstOf(from);
        var database = Database.of(from);
        var facts = DatabaseFacts.of(source.name(), database, source.read(database.describe()));
        if (facts.origin() == null) {
            throw Failure.failed(source.name(), "there is no database " + database.name());
        }
        var load = load(facts.origin());
        finish(load, facts.origin(), () -> load.bring(source, database, facts));
    }

    /** From the newest dump on this machine. */
    public void fromDump() {
        from(new DumpFolder(to.get(Key.DUMP_DIR), from.name()).newest());
    }

    /** From that dump, which is of the other environment. */
    public void from(DumpFolder.Dump dump) {
        dump.demandWhole();
        var origin = dump.manifest().origin();
        var load = load(origin);
        finish(load, origin, () -> {
            load.bring(dump);
            return dump.manifest().rows();
        });
    }

    private DatabaseLoad load(DatabaseOrigin origin) {
        var load = DatabaseLoad.on(run.first(), to);
        load.demandRoomFor(origin, origin.size());
        return load;
    }

    private void finish(DatabaseLoad load, DatabaseOrigin origin, Supplier<java.util.List<String>> rows) {
        load.whole(() -> {
            load.load(origin, rows.get());
            new Anonymising(run, to).apply(run.first(), load.database(), load.loaded());
            load.swap(origin);
        });
    }
}
