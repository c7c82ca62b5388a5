package dragonfab.database;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.files.Checksum;
import dragonfab.files.WholeFile;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Outcome;
import dragonfab.state.RunningRelease;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import dragonfab.target.ReportedStep;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * The dumps of one environment's database on this machine.
 *
 * <p>A dump has its name only when it was read to its end on the server, arrived whole, and was read back from disk;
 * then it and its manifest are there, and nobody else can read them.
 */
public final class DatabaseDumps {
    private final Run run;
    private final Environment environment;
    private final RunningRelease running;
    private final DumpStore folder;

    /** @param running for the manifests, which name the release that had the data */
    public DatabaseDumps(Run run, RunningRelease running) {
        this.run = run;
        this.running = running;
        this.environment = run.environment();
        this.folder = new DumpStore(environment.get(Key.DUMP_DIR), environment.name());
    }

    /** Dumps the database as that target sees it, and lets the oldest dumps go; null in a dry run. */
    public Path dump(Remote remote) {
        var file = write(remote);
        if (!run.dry()) {
            folder.prune(environment.get(Key.KEEP_DUMPS), this::name);
        }
        return file;
    }

    private Path write(Remote remote) {
        var database = Database.of(environment);
        var facts = DatabaseFacts.of(remote.name(), database, remote.read(database.describe()));
        if (facts.origin() == null) {
            throw Failure.failed(remote.name(), "there is no database " + database.name());
        }
        var compression = facts.zstd() ? Compression.ZSTD : Compression.GZIP;
        var step = remote.step("dump " + database.name());
        var file = step.run(database.dump(compression), () -> {
            var at = Instant.now();
            try (var begun = folder.begin(at, compression)) {
                return fetch(remote, database, facts, compression, at, begun.file(), step);
            } catch (IOException e) {
                throw Failure.failed("local", "cannot write a dump to " + folder.path() + ": " + e.getMessage());
            }
        }, done -> Outcome.CHANGED);
        file.ifPresent(written -> remote
                .note("dumped to " + run.environment().folder().relativize(written)));
        return file.orElse(null);
    }

    private void name(Path unknown, Failure why) {
        run.report().warn(why.place(), why.getMessage());
    }

    /** A row a dump; one that nothing describes is only named. */
    public void show() {
        for (var dump : folder.list(this::name)) {
            var manifest = dump.manifest();
            var row = new LinkedHashMap<String, String>();
            row.put("dump", dump.file().getFileName().toString());
            row.put("database", manifest.origin().name());
            row.put("release", manifest.release());
            row.put("server", String.valueOf(manifest.origin().major()));
            row.put("bytes", String.valueOf(manifest.size()));
            row.put("rows", String.valueOf(manifest.total()));
            run.report().row("dumps", row);
        }
    }

    /** Reads all to their ends. */
    public void verify() {
        var damaged = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        for (var dump : folder.list((file, why) -> unknown.add(file.getFileName().toString()))) {
            if (dump.isWhole()) {
                run.here().unchanged("verify " + dump.file().getFileName(), "it is whole");
            } else {
                damaged.add(dump.file().getFileName().toString());
            }
        }
        var problems = new ArrayList<String>();
        if (!damaged.isEmpty()) {
            problems.add("damaged, for the checksum is not the manifest's: " + LongList.of(damaged));
        }
        if (!unknown.isEmpty()) {
            problems.add("no manifest tells what it should be: " + LongList.of(unknown));
        }
        if (!problems.isEmpty()) {
            throw Failure.failed("local", String.join("; ", problems));
        }
    }

    /** The one that is meant, read to its end. @param name null for the newest of the environment */
    public DumpStore.Dump choose(String name) {
        if (name != null && !folder.isDescribed(name)) {
            throw new ForeignDump(folder.file(name)).refusal(environment.name(), Database.of(environment));
        }
        var dump = name == null ? folder.newest() : folder.named(name);
        dump.requireWhole();
        return dump;
    }

    /** The database as it was when the dump was made, on the first target; what is there now stays as NAME__old. */
    public void bringBack(Path dump) {
        var load = DatabaseLoad.on(run.database(), environment);
        var whole = choose(dump.toString());
        load.requireFit(whole.manifest().origin());
        load.replace(whole);
    }

    /** What a protected environment has is dumped before it is replaced; no dump goes for it, least the one to come. */
    public void beforeReplacing(DatabaseLoad load, Remote remote) {
        if (environment.get(Key.PROTECTED) && load.replaces()) {
            write(remote);
        }
    }

    private Path fetch(Remote remote, Database database, DatabaseFacts facts, Compression compression, Instant at,
            Path file, ReportedStep step) throws IOException {
        return WholeFile.writePrivate(file, part -> {
            var words = new DumpOutput();
            var command = database.dump(compression);
            try (var out = step.withProgress(Files.newOutputStream(part))) {
                words.require(remote, "dump " + database.name(),
                        remote.streams().flow(command, out, words.stderr()), command);
            }
            settle(part);
            var sha256 = Checksum.of(part);
            if (!sha256.equals(words.sha256())) {
                throw Failure.failed(remote.name(), "what arrived of " + database.name() + " is not what was sent");
            }
            var manifest = new DumpManifest(environment.name(), at, release(remote), compression, Files.size(part),
                    sha256, words.rows(), facts.origin());
            folder.describe(file, manifest);
        });
    }

    /** On the disk, and not only on the way there. */
    private static void settle(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private String release(Remote remote) {
        return environment.application().map(name -> remote.ask(running.running(new TargetState(name))).text())
                .orElse("");
    }
}
