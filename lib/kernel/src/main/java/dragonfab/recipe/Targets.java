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
public final class Targets {
    private final Run run;
    private final CommonOptions options;
    private final Connections connections;
    private volatile TargetScope scope = TargetScope.EVERYWHERE;
    /** Null until all of them were needed. */
    private List<Remote> reached;
    private volatile FailureHandling failureHandling = FailureHandling.STRICT;

    Targets(Run run, CommonOptions options, Connections connections) {
        this.run = run;
        this.options = options;
        this.connections = connections;
    }

    /** As the file and --host name them, in the order of the file. */
    public List<Target> wanted() {
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
    public void within(TargetScope step, Runnable work) {
        scope = step;
        try {
            work.run();
        } finally {
            scope = TargetScope.EVERYWHERE;
        }
    }

    /** All of them that can be reached, where those that cannot may be left out. */
    public synchronized List<Remote> reached() {
        if (reached == null) {
            reach(this::connected);
        }
        return reached;
    }

    /** All that can be reached, each worked on as soon as it is. */
    public synchronized List<Remote> reached(Consumer<Remote> work) {
        if (reached == null) {
            reach(target -> worked(connected(target), work));
        } else {
            each(reached, work);
        }
        return reached;
    }

    private void reach(Function<Target, Remote> way) {
        reached = failureHandling.reached(run, wanted(), way);
        run.report().single(reached.size() == 1);
    }

    /** From now on the run goes on without these. */
    public synchronized void leaveOut(Collection<String> names) {
        if (reached != null) {
            reached = reached.stream().filter(remote -> !names.contains(remote.name())).toList();
        }
    }

    /** All of them, outside of a step for some. */
    List<Remote> ofStep() {
        reached();
        return scope.among(there()).stream().map(this::one).toList();
    }

    /** Whether any of them has a part in a step. */
    public boolean takesPart(TargetScope step) {
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

    /** Works on all of them, also in a step that is for some. */
    public void each(Consumer<Remote> work) {
        each(reached(), work);
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
        if (failureHandling.triesAllFirst()) {
            reached();
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
        return run.onlyReads() ? run.places().existing(target) : connections.target(target, run.environment());
    }

    /** What becomes of the run when a target cannot be reached. */
    public FailureHandling failureHandling() {
        return failureHandling;
    }

    public void handleFailures(FailureHandling handling) {
        failureHandling = handling;
    }

    /** Of what failed on some of them, as one exception. */
    public RuntimeException failure(List<? extends RuntimeException> failures) {
        return failure(wanted().size(), failures);
    }

    RuntimeException failure(int all, List<? extends RuntimeException> failures) {
        return CombinedFailure.of(run.environment().name(), all, List.copyOf(failures), run::reportFailure);
    }
}
