package dragonfab.release;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.state.Release;
import dragonfab.state.RollbackPlan;
import java.util.List;
import java.util.Optional;

/**
 * Arms, extends, confirms or runs the automatic rollback of one target.
 *
 * <p>It is verified before it is armed, and armed before the first change.
 */
public final class RollbackGuard {
    private final TargetTransaction transaction;
    private final RollbackPlanner planner;
    /** Null where the package alone goes back. */
    private final SnapshotRollback container;
    private RollbackPlan plan;
    /** Null unless it is armed. */
    private AutoRollback armed;
    private boolean judged;

    RollbackGuard(TargetTransaction transaction, RollbackPlanner planner, SnapshotRollback container) {
        this.transaction = transaction;
        this.planner = planner;
        this.container = container;
    }

    /** Makes sure that a rollback is possible; nothing has happened yet. */
    public void verify() {
        if (plan == null && container == null) {
            plan = planner.plan();
        }
    }

    /** The release that a rollback leads to, whole again. */
    Optional<String> destination() {
        return container == null ? planner.destination().map(Release::version) : transaction.facts().running();
    }

    void arm() {
        if (container == null) {
            forPackage();
        } else {
            forContainer();
        }
    }

    private void forPackage() {
        armed = transaction;
        try {
            transaction.arm(plan);
        } catch (RolledBackItself nothingToUndo) {
            armed = null;
            throw nothingToUndo;
        }
    }

    private void forContainer() {
        try {
            container.takeSnapshot(transaction, transaction.facts().running().isEmpty());
            armed = container;
        } catch (Failure failure) {
            if (failure.exit() != Exit.FAILED) {
                throw failure;
            }
            planner.goOnWithoutRollback(failure);
            plan = planner.planWithoutRelease();
            forPackage();
        }
    }

    boolean isArmed() {
        return armed != null;
    }

    /** The journal has the intent of the release that a rollback would undo. */
    void begun(String intent) {
        armed.begun(intent);
    }

    /** The schema is no longer that of the release before, and the site stays as it is for visitors. */
    public void disable() {
        if (isArmed()) {
            armed.disable();
        }
    }

    /** It stays disabled, and where nobody confirms, the target judges by itself whether the change is well. */
    void disableJudged(Command judge) {
        if (isArmed()) {
            judged = true;
            armed.disableJudged(judge);
        }
    }

    /** Only a person can say now whether it is well. */
    public void withdrawJudge() {
        if (judged) {
            judged = false;
            disable();
        }
    }

    /** It can be run after all. */
    public void enable() {
        if (isArmed()) {
            armed.enable();
        }
    }

    /** The target waits longer, while we are at others. */
    public void extend() {
        armed.extend();
    }

    void confirm(String line) {
        armed.confirm(line);
    }

    void execute(String title) {
        armed.execute(title);
    }

    /** After it was run: what could not be put back, a line each. */
    List<String> notPutBack() {
        return armed == transaction ? transaction.notPutBack() : List.of();
    }

    /** Nothing is taken back; the journal says so. */
    public void abandon() {
        if (isArmed()) {
            withdrawJudge();
            armed.abandon();
        }
    }

    /** The target is as it was. */
    void disarmed() {
        armed = null;
    }
}
