package dragonfab.recipe;

import dragonfab.config.Environment;
import dragonfab.config.Target;
import dragonfab.config.TargetScope;
import dragonfab.report.Failure;
import dragonfab.target.Connections;
import dragonfab.target.Remote;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The targets of one run: those that --host picks, each reached once; and of them, those that a step is for.
 *
 * <p>One that was left out is none of them any more.
 */
final class Targets {
    private final Run run;
    private final CommonOptions options;
    private final Connections connections;
    private volatile TargetScope scope = TargetScope.EVERYWHERE;
    /** Null until all of them were needed. */
    private List<Remote> reached;

    Targets(Run run, CommonOptions options, Connections connections) {
        this.run = run;
        this.options = options;
        this.connections = connections;
    }

    /** In the order of the file. */
    List<Target> wanted() {
        var environment = run.environment();
        var all = environment.targets();
        if (all.isEmpty()) {
            throw namesNone(environment);
        }
        return new TargetSelector(options.hosts).among(all, environment.name());
    }

    static Failure namesNone(Environment environment) {
        return Failure.usage("environments.yml", environment.name() + " names no hosts and no lxc");
    }

    /** Does a step on those targets alone; there is one at least. */
    void within(TargetScope step, Runnable work) {
        scope = step;
        try {
            work.run();
        } finally {
            scope = TargetScope.EVERYWHERE;
        }
    }

    /** All of them that can be reached, where those that cannot may be left out. */
    synchronized List<Remote> everywhere() {
        if (reached == null) {
            reach(this::connected);
        }
        return reached;
    }

    /** All that can be reached, each worked on as soon as it is. */
    synchronized List<Remote> everywhere(Consumer<Remote> work) {
        if (reached == null) {
            reach(target -> worked(connected(target), work));
        } else {
            each(reached, work);
        }
        return reached;
    }

    private void reach(Function<Target, Remote> way) {
        reached = run.failureHandling().reached(run, wanted(), way);
        run.report().single(reached.size() == 1);
    }

    /** From now on they are those without these. */
    synchronized void leaveOut(Collection<String> names) {
        if (reached != null) {
            reached = reached.stream().filter(remote -> !names.contains(remote.name())).toList();
        }
    }

    /** All of them, outside of a step for some. */
    List<Remote> ofStep() {
        everywhere();
        return scope.among(there()).stream().map(this::one).toList();
    }

    boolean takesPart(TargetScope step) {
        return !step.among(there()).isEmpty();
    }

    /** @param running whether one that was not reached yet can be as it is */
    boolean areStanding(Predicate<Target> running) {
        return scope.among(there()).stream().allMatch(target -> known(target).isPresent() || running.test(target));
    }

    Remote first() {
        return one(scope.among(there()).get(0));
    }

    /** One and the same in every step, for the journal there knows of all migrations. */
    Remote database() {
        return one(TargetScope.database(there()).orElseThrow());
    }

    void each(List<Remote> remotes, Consumer<Remote> work) {
        run.all(remotes, remote -> worked(remote, work));
    }

    private static Remote worked(Remote remote, Consumer<Remote> work) {
        work.accept(remote);
        return remote;
    }

    /** Each is reached when its turn comes, so that one that cannot be reached keeps no other from its own. */
    void eachReached(Consumer<Remote> work) {
        var there = scope.among(there());
        run.report().single(there.size() == 1);
        run.all(there, target -> {
            work.accept(one(target));
            return target;
        });
    }

    /** The targets that were not left out; which are is known when all were tried. */
    private synchronized List<Target> there() {
        if (run.failureHandling().triesAllFirst()) {
            everywhere();
        }
        return reached == null ? wanted() : wanted().stream().filter(target -> known(target).isPresent()).toList();
    }

    private Remote one(Target target) {
        return known(target).orElseGet(() -> connected(target));
    }

    private synchronized Optional<Remote> known(Target target) {
        return reached == null ? Optional.empty()
                : reached.stream().filter(remote -> remote.name().equals(target.name())).findFirst();
    }

    private Remote connected(Target target) {
        return connections.target(target, run.environment());
    }
}
