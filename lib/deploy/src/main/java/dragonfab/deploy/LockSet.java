package dragonfab.deploy;

import dragonfab.recipe.Run;
import dragonfab.release.TargetTransaction;
import dragonfab.report.Failure;
import dragonfab.target.Remote;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The locks of one run on several targets, each asked for as soon as its target is reached.
 *
 * <p>In the end all of them are held, or none: where somebody else holds one, the others are released.
 */
final class LockSet {
    private final Map<String, TargetTransaction> held;
    private final Function<Remote, TargetTransaction> begin;
    private volatile boolean refused;

    /**
     * @param held  what is had, by the name of the target; whoever gave it lets go of it also when this is not settled
     * @param begin takes the lock of one without waiting for it
     */
    LockSet(Map<String, TargetTransaction> held, Function<Remote, TargetTransaction> begin) {
        this.held = held;
        this.begin = begin;
    }

    void take(Remote remote) {
        if (refused) {
            return;
        }
        try {
            held.put(remote.name(), begin.apply(remote));
        } catch (Failure elsewhere) {
            refused = true;
        }
    }

    /** When all were asked for. */
    void settle(Run run) {
        if (refused) {
            // Free before they are asked for again, or we would meet ourselves.
            run.all(List.copyOf(held.values()), transaction -> {
                transaction.unlock();
                return transaction;
            });
            held.clear();
        }
    }
}
