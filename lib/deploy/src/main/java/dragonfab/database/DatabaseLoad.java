package dragonfab.database;

import dragonfab.config.Environment;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Outcome;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.KeyedLines;
import dragonfab.target.Remote;
import dragonfab.target.ReportedStep;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One load of a database on one target: beside the live one while it comes, checked, and swapped in.
 *
 * <p>Until the swap the live database is untouched, and the swap is one transaction of the server; the next load
 * removes what a killed one left.
 */
public final class DatabaseLoad {
    private final String id = UUID.randomUUID().toString();
    private final Remote remote;
    private final Database database;
    private final DatabaseFacts facts;
    private boolean held;

    private DatabaseLoad(Remote remote, Database database) {
        this.remote = remote;
        this.database = database;
        this.facts = DatabaseFacts.of(remote.name(), database, remote.read(database.describe()));
    }

    /** Asks the target what is there. */
    public static DatabaseLoad on(Remote remote, Environment environment) {
        return new DatabaseLoad(remote, Database.of(environment));
    }

    public Database database() {
        return database;
    }

    /** What the database is called until it is swapped in. */
    public String loaded() {
        return database.name() + "__new";
    }

    /** Loads rows alone, which can be changed before {@link #complete} makes what checks and finds them. */
    public void holdBack() {
        held = true;
    }

    /** Whether there is a live database that would be replaced. */
    public boolean replaces() {
        return facts.origin() != null;
    }

    /** Refuses what could not go well, before anything is touched. */
    public void requireFit(DatabaseOrigin origin) {
        var obstacles = facts.obstacles(origin, database.user());
        if (!obstacles.isEmpty()) {
            throw Failure.refused(remote.name(), database.name() + " cannot be loaded: "
                    + LongList.of(obstacles, "; "));
        }
        facts.offer().warnings(origin).forEach(remote::warn);
    }

    /** Loads a dump of this machine beside the live one, and compares the rows of each table. */
    public void load(DumpStore.Dump dump) {
        var manifest = dump.manifest();
        if (manifest.compression() == Compression.ZSTD && !facts.zstd()) {
            throw Failure.refused(remote.name(), "there is no zstd to unpack the dump")
                    .remedy(Remedy.here("run", "--sudo", "--", "apt-get", "install", "zstd"));
        }
        create(manifest.origin());
        var title = "load " + dump.file().getFileName() + " as " + loaded();
        var step = remote.step(title);
        var command = database.load(id, manifest.compression(), false, manifest.origin(), placed(manifest.origin()),
                held, step.withProgress(Input.file(dump.file())));
        step.run(command, () -> {
            requireSame(title, manifest.rows(), executed(step, command));
            return command;
        }, done -> Outcome.CHANGED);
    }

    /**
     * Loads a database of another server in one stream, and compares the rows of each table.
     *
     * @param there what is known of the database
     * @param near  whether the stream stays on one machine, where nothing is gained by making it small
     */
    public void load(Remote source, Database from, DatabaseFacts there, boolean near) {
        create(there.origin());
        var compression = near ? Compression.NONE : facts.zstd() && there.zstd() ? Compression.ZSTD : Compression.GZIP;
        var parted = facts.canTakeParts(there, compression);
        var dump = from.stream(compression, parted);
        var command = database.load(id, compression, parted, there.origin(), placed(there.origin()), held,
                Input.NOTHING);
        var said = new DumpOutput();
        var output = new ByteArrayOutputStream();
        var title = "load " + from.name() + " of " + source.name() + " as " + loaded();
        var step = remote.step(title);
        step.run(command, () -> {
            var pipe = remote.streams().join(source.streams().side(dump, said.stderr()),
                    remote.streams().side(command, output), step::withProgress);
            var words = output.toString(StandardCharsets.UTF_8);
            if (!pipe.writing().ok() || !pipe.reading().ok()) {
                // Either end tears the other, and only their words tell which was first.
                var lines = new ArrayList<>(said.rest().stream().map(line -> source.name() + ": " + line).toList());
                words.lines().map(line -> remote.name() + ": " + line).forEach(lines::add);
                throw Failure.failed(remote.name(), title + ": the dump: " + pipe.writing() + ", the load: "
                        + pipe.reading() + "; the live database is untouched").of(command.brief(), lines)
                        .remedy(RestoreError.remedy(lines));
            }
            requireSame(title, said.rows(), words);
            return pipe;
        }, done -> Outcome.CHANGED);
    }

    /** Makes the indexes, constraints and triggers that were held back, of the rows as they are now. */
    public void complete(DatabaseOrigin origin) {
        if (held) {
            var step = remote.step("make the indexes and constraints of " + loaded());
            var command = database.complete(id, origin, placed(origin));
            step.run(command, () -> executed(step, command), done -> Outcome.CHANGED);
        }
    }

    private static String executed(ReportedStep step, Command command) {
        try {
            return step.execute(command);
        } catch (Failure e) {
            throw e.remedy() == null ? e.remedy(RestoreError.remedy(e.tail())) : e;
        }
    }

    private boolean placed(DatabaseOrigin origin) {
        return facts.offer().missingTablespaces(origin).isEmpty();
    }

    private void create(DatabaseOrigin origin) {
        remote.record(database.makeFolder());
        var said = remote.run("create " + loaded(), database.create(id, origin));
        new KeyedLines(said.lines().toList()).value("unknown-locale").ifPresent(locale -> remote
                .warn("the locale " + locale + " is not known there: the database sorts as the one before did"));
    }

    private void requireSame(String title, List<String> rows, String said) {
        var differences = DumpManifest.differences(rows, new KeyedLines(said.lines().toList()).all("row"));
        if (!differences.isEmpty()) {
            throw Failure.failed(remote.name(), title + ": the rows differ; the live database is untouched")
                    .listing(differences);
        }
    }

    /** Loads a dump, and swaps it in. */
    public void replace(DumpStore.Dump dump) {
        whole(() -> {
            load(dump);
            swap(dump.manifest().origin());
        });
    }

    /** Does what belongs between the start of the load and its end; when it fails, nothing of it stays there. */
    public void whole(Runnable steps) {
        try {
            steps.run();
        } catch (RuntimeException e) {
            try {
                remote.discard(database.abandon(id));
            } catch (RuntimeException unreachable) {
                // The next load removes it; the first failure is the one to read.
                e.addSuppressed(unreachable);
            }
            throw e;
        }
    }

    /** From here on the application sees it; the one before stays as NAME__old. */
    public void swap(DatabaseOrigin origin) {
        remote.run("swap " + database.name(), database.swap(id, origin));
        if (facts.origin() != null) {
            remote.note("the database before is " + database.name() + "__old, and comes back by "
                    + remote.typed(Remedy.here("db-push", "--undo")));
        }
    }

    /** Swaps back. */
    public void undo() {
        requireOld();
        remote.run("swap " + database.name() + " and " + database.name() + "__old", database.undo());
    }

    /** Drops the one before. */
    public void prune() {
        if (!facts.old()) {
            remote.unchanged("drop " + database.name() + "__old", "it is not there");
            return;
        }
        remote.run("drop " + database.name() + "__old", database.prune());
    }

    private void requireOld() {
        if (!facts.old() || facts.origin() == null) {
            throw Failure.refused(remote.name(), "there is no " + database.name() + "__old to go back to");
        }
    }
}
