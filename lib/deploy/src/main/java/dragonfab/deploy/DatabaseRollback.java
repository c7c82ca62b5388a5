package dragonfab.deploy;

import dragonfab.config.Environment;
import dragonfab.database.DatabaseDumps;
import dragonfab.database.DatabaseLoad;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.release.ReleaseKind;
import dragonfab.release.TargetDeploy;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Remedy;
import dragonfab.state.Journal;
import dragonfab.state.MigrationRecord;
import dragonfab.state.Release;
import dragonfab.state.TargetState;
import java.nio.file.Path;
import java.util.List;

/**
 * What becomes of the database when a deploy is taken back.
 *
 * <p>It returns with the code only where nothing is lost that somebody wrote.
 */
public final class DatabaseRollback {
    private final Deployment deployment;
    private final FailureTolerance tolerance;
    private final Run run;
    private final Environment environment;
    private final TargetState state;
    private final ReleaseKind kind;
    private volatile boolean schemaChanged;
    private volatile boolean siteClosed;
    private boolean judged;
    /** Made before the schema changed; null where none was. */
    private volatile Path dump;
    /** Brings the database back to what the release before knows; null where that would lose what somebody wrote. */
    private volatile Runnable restoration;

    DatabaseRollback(Deployment deployment, FailureTolerance tolerance, Run run, TargetState state, ReleaseKind kind) {
        this.deployment = deployment;
        this.tolerance = tolerance;
        this.run = run;
        this.environment = run.environment();
        this.state = state;
        this.kind = kind;
    }

    /** Whether visitors are shut out, so that the database holds nothing newer than a dump that is made now. */
    void closed(boolean now) {
        siteClosed = now;
        if (!siteClosed) {
            restoration = null;
        }
    }

    boolean isClosed() {
        return siteClosed;
    }

    /**
     * From now on the release before may no longer find its schema: what is there stays, and nobody sees it by
     * accident.
     *
     * @param dump of the database before it, or null
     */
    void schemaChanges(Path dump) {
        tolerance.requireWhole("a migration would change the schema");
        deployment.ready();
        run.allTargets().each(remote -> deployment.on(remote).begin());
        if (deployment.databaseIsInContainer()) {
            return;
        }
        this.dump = dump;
        restoration = dump == null || !siteClosed ? null : () -> new DatabaseDumps(run, kind).bringBack(dump);
        schemaChanged = true;
        deployment.deploys().forEach(deploy -> deploy.rollback().disable());
    }

    /** All is done, but for letting visitors in: a deploy that is cut off now cannot go back, and need not. */
    public void nothingLeft() {
        if (schemaChanged && !judged) {
            judged = true;
            run.allTargets().each(remote -> deployment.on(remote).judgeItself());
        }
    }

    /** The migration has changed nothing after all. */
    void schemaIsAsBefore() {
        schemaChanged = false;
        deployment.deploys().forEach(deploy -> deploy.rollback().enable());
    }

    boolean schemaChanged() {
        return schemaChanged;
    }

    /** Whether it comes back, or came back, with the code. */
    boolean comesBack() {
        return deployment.databaseIsInContainer() || restoration != null;
    }

    /** Before a rollback: refuses to leave a release with a schema that it may not know, unless a person decides. */
    public void decide(DatabaseOnRollback choice, Release release) {
        var first = deployment.on(run.database());
        var migrated = first.migrated();
        if (first.isBefore(release)) {
            run.report().note(environment.name(), "the database stays as it is");
        } else if (!migrated.schemaIsNew()) {
            run.report().note(environment.name(),
                    "the database stays as it is: this release did not change its schema");
        } else if (choice == DatabaseOnRollback.KEEP) {
            run.report().note(environment.name(), "the database stays as it is, with " + named(migrated));
        } else if (choice == DatabaseOnRollback.RESTORE) {
            restore(first, migrated);
        } else {
            var keep = Remedy.again("--database", "keep");
            throw Failure.refused(first.name(), "the release that runs changed the schema, by " + named(migrated)
                    + ": the one before may not know it"
                    + (migrated.dump().isEmpty() ? "" : "; the dump made before it is " + migrated.dump()))
                    .remedy(migrated.dump().isEmpty() ? keep : keep.or(Remedy.again("--database", "restore")));
        }
    }

    private void restore(TargetDeploy first, MigrationRecord migrated) {
        if (migrated.dump().isEmpty()) {
            throw Failure.refused(first.name(), "no dump was made before " + named(migrated))
                    .remedy(Remedy.script("db-dump", environment.name(), "--list"));
        }
        var dumps = new DatabaseDumps(run, kind);
        var dump = dumps.choose(migrated.dump());
        run.consent().require("what was written since " + migrated.dump() + " will be lost from the site");
        schemaChanges(null);
        dumps.bringBack(dump.file());
        restoration = () -> DatabaseLoad.on(run.database(), environment).undo();
        undone();
    }

    /** What a person can do when a migration has begun and neither code nor database went back. */
    Remedy wayOut() {
        if (deployment.on(run.database()).version().isEmpty()) {
            return Remedy.advice("the migration of a first release had begun, and there is no release before it:"
                    + " mend it and deploy again");
        }
        var mend = "the migration had begun, so the release before was not brought back: mend it and deploy again";
        return dump == null
                ? Remedy.advice(mend + "; no dump was made before it, as dump_before_migrate: true would")
                : Remedy.advice(mend + ", or load the dump and go back")
                        .then(Remedy.script("db-push", environment.name(), dump.getFileName()))
                        .then(Remedy.script("rollback", environment.name(), "--database", "keep"));
    }

    /** Brings it back, so that the release before finds its schema again. @return false where it stays as it is */
    boolean rollBack() {
        if (restoration == null) {
            return false;
        }
        try {
            deployment.deploys().forEach(deploy -> deploy.rollback().withdrawJudge());
            restoration.run();
            undone();
            schemaIsAsBefore();
            return true;
        } catch (Failure again) {
            run.report().failure("db-push", again);
            return false;
        }
    }

    private void undone() {
        run.database().record(state.append(Journal.migration(deployment.id(), CurrentUser.am(), "undone", true,
                List.of(), null)));
    }

    private static String named(MigrationRecord migrated) {
        return migrated.names().isEmpty() ? "a migration" : LongList.of(migrated.names());
    }
}
