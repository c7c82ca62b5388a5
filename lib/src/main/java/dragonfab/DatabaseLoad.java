package dragonfab;

import dragonfab.config.Environment;
import dragonfab.ops.Compression;
import dragonfab.ops.Database;
import dragonfab.ops.DatabaseFacts;
import dragonfab.ops.DatabaseOrigin;
import dragonfab.ops.DumpManifest;
import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.shell.Input;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * One load of a database on one target: brought there, loaded beside the live one, checked, and swapped in.
 *
 * <p>Until the swap the live database is untouched, and the swap is one transaction of the server; the next load
 * removes what a killed one left.
 */
public final class DatabaseLoad {
    private final String id = UUID.randomUUID().toString();
    private final Remote remote;
    private final Database database;
    private final DatabaseFacts facts;

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

    /** Whether there is a live database that would be replaced. */
    public boolean replaces() {
        return facts.origin() != null;
    }

    /** Refuses what could not go well, before anything is touched. @param archive its bytes, as far as known */
    public void demandRoomFor(DatabaseOrigin origin, long archive) {
        var obstacles = facts.obstacles(origin, database.user(), archive);
        if (!obstacles.isEmpty()) {
            throw Failure.refused(remote.name(), database.name() + " cannot be loaded: " + String.join("; ", obstacles));
        }
    }

    /** Brings a dump of this machine there. */
    public void bring(DumpFolder.Dump dump) {
        if (dump.manifest().compression() == Compression.ZSTD && !facts.zstd()) {
            throw Failure.refused(remote.name(), "there is no zstd to unpack the dump").remedy("apt-get install zstd");
        }
        makeFolder();
        var deed = remote.deed("upload " + dump.file().getFileName());
        var receive = database.receive(id, dump.manifest().compression());
        var command = receive.reading(receive.input().then(deed.watched(Input.file(dump.file()))));
        deed.does(command, () -> {
            demandSame(deed.execute(command), dump.manifest().sha256());
            return command;
        }, done -> Outcome.CHANGED);
    }

    /** Brings a database there in one stream. Returns the rows that it has. */
    public List<String> bring(Remote source, Database from, DatabaseFacts there) {
        makeFolder();
        var compression = facts.compression(there);
        var dump = from.dump(compression, false);
        var receive = database.receive(id, compression);
        var words = new DumpWords();
        var heard = new ByteArrayOutputStream();
        var title = "copy " + from.name() + " from " + source.name();
        var deed = remote.deed(title);
        deed.does(receive, () -> {
            var joint = remote.join(source.side(dump, words.ear()), remote.side(receive, heard), deed::watched);
            if (!joint.reading().well()) {
                throw Failure.failed(remote.name(), title + ": " + joint.reading())
                        .of(receive.brief(), heard.toString(StandardCharsets.UTF_8).lines().toList());
            }
            words.demand(source, title, joint.saying(), dump);
            demandSame(heard.toString(StandardCharsets.UTF_8), words.sha256());
            return joint;
        }, done -> Outcome.CHANGED);
        return words.rows();
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

    private void makeFolder() {
        remote.record(database.makeFolder());
    }

    private void demandSame(String said, String sha256) {
        if (said.lines().noneMatch(line -> line.equals("sha256 " + sha256))) {
            throw Failure.failed(remote.name(), "what arrived is not what was sent: the live database is untouched")
                    .of(null, said.lines().toList());
        }
    }

    /** Loads it beside the live one, and compares the rows of each table. */
    public void load(DatabaseOrigin origin, List<String> rows) {
        var title = "load it as " + loaded();
        var said = remote.run(title, database.load(id, origin)).lines().toList();
        said.stream().filter(line -> line.startsWith("unknown-locale ")).findFirst().ifPresent(line ->
                remote.warn("the locale " + line.substring(line.indexOf(' ') + 1)
                        + " is not known there: the database sorts as the one before did"));
        var found = said.stream().filter(line -> line.startsWith("row ")).map(line -> line.substring(4)).toList();
        var differences = remote.dry() ? List.<String>of() : DumpManifest.differences(rows, found);
        if (!differences.isEmpty()) {
            throw Failure.failed(remote.name(), title + ": the rows differ; the live database is untouched")
                    .of(null, differences);
        }
    }

    /** From here on the application sees it; the one before stays as NAME__old. */
    public void swap(DatabaseOrigin origin) {
        remote.run("swap " + database.name(), database.swap(id, origin));
        if (facts.origin() != null) {
            remote.note("the database before is " + database.name() + "__old: db-push --undo brings it back");
        }
    }

    /** Swaps back. */
    public void undo() {
        demandOld();
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

    private void demandOld() {
        if (!facts.old() || facts.origin() == null) {
            throw Failure.refused(remote.name(), "there is no " + database.name() + "__old to go back to");
        }
    }
}
