package dragonfab.plan;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.database.Database;
import dragonfab.database.DatabaseFacts;
import dragonfab.database.migrate.ApplicationMigrations;
import dragonfab.database.migrate.Change;
import dragonfab.database.migrate.ChangeRunner;
import dragonfab.database.migrate.DatabaseMigration;
import dragonfab.recipe.Run;
import dragonfab.release.PlanLine;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.target.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a database will go through in a deploy, as far as it can be told before the new release is there.
 *
 * <p>Only questions are asked, and one without an answer is told as such.
 */
final class MigrationPreview {
    private final Run run;
    private final Environment environment;
    private final Remote remote;
    private final List<PlanLine> lines = new ArrayList<>();

    private MigrationPreview(Run run, Remote remote) {
        this.run = run;
        this.environment = run.environment();
        this.remote = remote;
    }

    /** @param installed whether there is a release to ask @param another whether the one that comes is another */
    static List<PlanLine> at(Remote remote, Run run, boolean installed, boolean another) {
        var pending = new MigrationPreview(run, remote);
        pending.changes();
        pending.own(installed, another);
        if (DatabaseMigration.dumps(run.environment())) {
            pending.dump();
        }
        return pending.lines;
    }

    private void changes() {
        if (!ChangeRunner.areIn(environment)) {
            return;
        }
        try {
            var changes = ChangeRunner.on(remote, run);
            add(changes.pending());
            add(changes.pendingFixtures());
        } catch (Failure failure) {
            var subject = environment.has(Key.PATCHES) ? "patches" : "fixtures";
            lines.add(failure.exit() == Exit.REFUSED ? PlanLine.problem(subject, failure.getMessage())
                    : PlanLine.fact(subject, "unknown: " + failure.getMessage()));
        }
    }

    private void add(List<Change> pending) {
        pending.forEach(change -> lines.add(PlanLine.fact(change.kind() + " " + change.name(), "pending",
                change.sha256())));
    }

    private void own(boolean installed, boolean another) {
        var migrations = ApplicationMigrations.of(run.at(remote), Optional.empty());
        if (migrations.isEmpty()) {
            return;
        }
        if (installed) {
            migrations.get().question().ifPresent(question -> ask(migrations.get(), question));
        }
        if (another || migrations.get().question().isEmpty()) {
            lines.add(PlanLine.fact("migrations", "those of the new release are known after it is installed"));
        }
    }

    private void ask(ApplicationMigrations migrations, Command question) {
        var answer = remote.ask(question);
        if (!answer.ok()) {
            lines.add(PlanLine.fact("migrations of the installed release", "unknown: " + answer.ended()));
            return;
        }
        migrations.pending(answer.lines()).forEach(name -> lines.add(PlanLine.fact("migration " + name, "pending")));
    }

    private void dump() {
        var database = Database.of(environment);
        var answer = remote.ask(database.describe());
        if (!answer.ok()) {
            lines.add(PlanLine.fact("dump", "cannot be made now: " + answer.ended()));
            return;
        }
        Optional.ofNullable(DatabaseFacts.of(remote.name(), database, answer.out()).origin())
                .ifPresent(origin -> freeSpace(origin.size()));
    }

    /** It is smaller than the database, and nobody knows by how much. */
    private void freeSpace(long size) {
        try {
            var folder = environment.get(Key.DUMP_DIR);
            long free = Files.getFileStore(existing(folder)).getUsableSpace();
            var text = "of " + (size >> 20) + " MB of data comes to this machine, " + (free >> 20) + " MB free";
            lines.add(size > free ? PlanLine.problem("dump", text) : PlanLine.remark("dump", text));
        } catch (IOException e) {
            lines.add(PlanLine.problem("dump", e.toString()));
        }
    }

    private static Path existing(Path folder) {
        var there = folder.toAbsolutePath();
        while (!Files.isDirectory(there)) {
            there = there.getParent();
        }
        return there;
    }
}
