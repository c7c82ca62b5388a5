package dragonfab.deploy;

import dragonfab.config.Key;
import dragonfab.recipe.Run;
import dragonfab.release.ReleaseKind;
import dragonfab.release.TargetTransaction;
import dragonfab.report.Failure;
import dragonfab.state.LockOwner;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The locks of one deploy on its targets, each with the transaction that it holds; what a run before left is healed.
 *
 * <p>In the end all of them are held, or none: where somebody else holds one, the others are released.
 */
final class LockSet implements AutoCloseable {
    private final Run run;
    private final FailureTolerance tolerance;
    private final TargetState state;
    private final ReleaseKind kind;
    private final LockOwner owner;
    private final UnaryOperator<TargetTransaction> heal;
    private final Map<String, TargetTransaction> held = new ConcurrentHashMap<>();
    private volatile boolean refused;

    LockSet(Run run, FailureTolerance tolerance, TargetState state, ReleaseKind kind, LockOwner owner,
            UnaryOperator<TargetTransaction> heal) {
        this.heal = heal;
        this.run = run;
        this.tolerance = tolerance;
        this.state = state;
        this.kind = kind;
        this.owner = owner;
    }

    /** @param wait for those that somebody else holds */
    void takeAll(Duration wait) {
        boolean several = run.allTargets().wanted().size() > 1 && !run.dry();
        var targets = several ? run.allTargets().reached(this::take) : run.allTargets().reached();
        settle();
        // Two that begin at once meet on the first target; otherwise each could hold some and wait for the other's.
        var rest = new ArrayDeque<>(targets.stream().sorted(Comparator.comparing(Remote::name)).toList());
        while (held.isEmpty() && !rest.isEmpty()) {
            tolerance.begin(List.of(rest.remove()), remote -> heal(remote, wait));
        }
        tolerance.begin(List.copyOf(rest), remote -> heal(remote, wait));
    }

    /** Takes one as soon as its target is reached, without waiting for it. */
    private void take(Remote remote) {
        if (refused) {
            return;
        }
        try {
            held.put(remote.name(), begin(remote, Duration.ZERO));
        } catch (Failure elsewhere) {
            refused = true;
        }
    }

    private void settle() {
        if (refused) {
            // Free before they are asked for again, or we would meet ourselves.
            run.all(List.copyOf(held.values()), transaction -> {
                transaction.unlock();
                return transaction;
            });
            held.clear();
        }
    }

    private void heal(Remote remote, Duration wait) {
        var known = held.get(remote.name());
        var transaction = known != null ? known : begin(remote, wait);
        held.put(remote.name(), heal.apply(transaction));
    }

    private TargetTransaction begin(Remote remote, Duration wait) {
        return TargetTransaction.begin(remote, state, kind, owner, wait,
                run.at(remote).find(Key.SERVICES).orElse(List.of()));
    }

    TargetTransaction on(Remote remote) {
        return held.get(remote.name());
    }

    @Override
    public void close() {
        run.all(List.copyOf(held.values()), transaction -> {
            transaction.close();
            return transaction;
        });
    }
}
