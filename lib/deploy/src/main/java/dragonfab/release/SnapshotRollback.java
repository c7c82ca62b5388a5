package dragonfab.release;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.RollbackMode;
import dragonfab.database.Database;
import dragonfab.lxc.Lxc;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.state.Journal;
import dragonfab.state.LockOwner;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.RollbackPlan;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.ContainerProvisioner;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The automatic rollback of one container as a whole: to a snapshot from before the first change.
 *
 * <p>Lock, rollback and timer are on the machine that holds it, and none of them in the container itself.
 */
public final class SnapshotRollback implements AutoRollback, AutoCloseable {
    /** Steps inside do not put it off, and who is gone is noticed by the lock. */
    private static final Duration PATIENCE = Duration.ofHours(6);
    private static final String MARK = "dragonfab deploy ";
    private static final String LOST = "(database, uploads, logs)";

    private final Run run;
    private final Remote holder;
    private final Lxc lxc;
    private final TargetTransaction onHolder;
    private TargetTransaction onTarget;
    private String snapshot;
    private ReleaseOutcome outcome;
    private String intent;

    private SnapshotRollback(Run run, LockOwner info, Duration wait) {
        this.run = run;
        this.holder = run.places().holder();
        this.lxc = Lxc.of(run.places().container().name(), run.environment());
        this.onHolder = TargetTransaction.onHolder(holder, state(lxc.name()), info, wait);
    }

    public static boolean wantedBy(Environment environment) {
        return environment.get(Key.ROLLBACK) == RollbackMode.SNAPSHOT;
    }

    /** Where the machine that holds a container keeps what belongs to its rollback. */
    private static TargetState state(String container) {
        return new TargetState("lxc." + container);
    }

    /** Whether the container waits to be confirmed or rolled back. */
    public static boolean isArmed(Run run) {
        if (!wantedBy(run.environment())) {
            return false;
        }
        var facts = run.places().holder().read(state(run.places().container().name()).facts());
        return TargetFacts.of(facts.lines().toList()).armed();
    }

    /** Takes the lock on the holding machine, and treats there what a run before left. */
    public static SnapshotRollback begin(Run run, LockOwner info, Duration wait,
            UnaryOperator<TargetTransaction> heal) {
        var rollback = new SnapshotRollback(run, info, wait);
        try {
            heal.apply(rollback.onHolder);
            rollback.sweep();
            return rollback;
        } catch (RuntimeException e) {
            rollback.close();
            throw e;
        }
    }

    /** When nothing is armed any more, nobody needs the snapshots of deploys. */
    private void sweep() {
        if (onHolder.isUnhealed()) {
            return;
        }
        if (onHolder.cutOff() && !holder.dry()) {
            noteLoss();
        }
        marked().forEach(this::forget);
    }

    /** The snapshots of deploys, the oldest first. */
    private List<String> marked() {
        return ContainerProvisioner.snapshots(lxc, holder).stream().filter(row -> row.get("comment").startsWith(MARK))
                .map(row -> row.get("snapshot")).toList();
    }

    private void forget(String snapshot) {
        try {
            holder.run("remove the snapshot " + snapshot + " of " + lxc.name(), lxc.forget(snapshot));
        } catch (Failure failure) {
            holder.warn("the snapshot " + snapshot + " is still there: " + failure.getMessage());
        }
    }

    /** Takes the snapshot, and arms the rollback to it. @param first whether there is no release to come back to */
    void takeSnapshot(TargetTransaction transaction, boolean first) {
        this.onTarget = transaction;
        this.outcome = first ? ReleaseOutcome.FAILED : ReleaseOutcome.ROLLED_BACK;
        var loss = "what " + lxc.name() + " writes from now on " + LOST + " is lost if this is rolled back";
        if (run.environment().get(Key.PROTECTED)) {
            run.consent().require(loss);
        }
        holder.note(loss);
        transaction.unlocked(() -> {
            try {
                onHolder.step("take a snapshot of " + lxc.name() + ", stopped meanwhile",
                        lxc.snapshot(MARK + transaction.id()));
            } finally {
                bringUp();
            }
        });
        snapshot = holder.dry() ? "" : marked().stream().reduce((older, newer) -> newer)
                .orElseThrow(() -> Failure.failed(holder.name(), lxc.name() + " has no snapshot though one was taken"));
        enable();
    }

    private void bringUp() {
        try {
            ContainerProvisioner.bringUp(lxc, holder);
        } catch (Failure failure) {
            throw failure.as(Exit.NEEDS_ATTENTION).remedy(Remedy.script("lxc", run.environment(), "start"));
        }
    }

    @Override
    public void begun(String intent) {
        this.intent = intent;
        enable();
    }

    @Override
    public void enable() {
        var commands = new ArrayList<>(List.of(lxc.restore(snapshot), lxc.ready(ContainerProvisioner.BOOT)));
        if (intent != null) {
            // The disk is from before the deploy, and knows nothing of it.
            commands.add(journal(intent));
            commands.add(journal(Journal.outcome(onTarget.id(), outcome)));
        }
        onHolder.arm(new RollbackPlan(commands, outcome, PATIENCE));
    }

    @Override
    public void disable() {
        onHolder.arm(new RollbackPlan(List.of(journal(Journal.outcome(onTarget.id(), ReleaseOutcome.NEEDS_ATTENTION))),
                ReleaseOutcome.NEEDS_ATTENTION, PATIENCE));
    }

    @Override
    public void extend() {
        onHolder.extend();
    }

    private Command journal(String line) {
        return ContainerShell.inside(lxc.name(), onTarget.state().append(line));
    }

    @Override
    public void confirm(String line) {
        onTarget.remote().record(onTarget.state().append(line));
        onHolder.confirm(line);
        if (!holder.dry()) {
            forget(snapshot);
        }
    }

    @Override
    public void execute(String title) {
        onTarget.unlocked(() -> onHolder.execute(title));
        noteLoss();
        forget(snapshot);
    }

    private void noteLoss() {
        holder.note("what " + lxc.name() + " wrote since its snapshot " + LOST + " is lost");
    }

    @Override
    public void abandon() {
        onHolder.abandon();
    }

    public boolean isUnhealed() {
        return onHolder.isUnhealed();
    }

    public Failure unhealedFailure() {
        return onHolder.unhealedFailure();
    }

    /** Whether its database is on its own disk, and comes back with it. */
    public static boolean holdsDatabase(Environment environment) {
        return Database.isOnTarget(environment);
    }

    @Override
    public void close() {
        onHolder.close();
    }
}
