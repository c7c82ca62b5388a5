package dragonfab.deploy;

import dragonfab.config.Canary;
import dragonfab.config.Environment;
import dragonfab.config.FailureMode;
import dragonfab.config.Key;
import dragonfab.health.HealthQuestion;
import dragonfab.config.Target;
import dragonfab.recipe.FailureHandling;
import dragonfab.recipe.ParallelResult;
import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.Remote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which targets may fail before a deploy stops, and which have.
 *
 * <p>None is left out in silence: each is reported when it happens, and all are named at the end.
 */
public final class FailureTolerance implements FailureHandling {
    private final Run run;
    private final Environment environment;
    private final FailureMode mode;
    private final int size;
    private final int maxFailures;
    /** Null without one. */
    private final Canary canary;
    private final Map<String, Failure> leftOut = new TreeMap<>();

    private FailureTolerance(Run run, FailureMode mode, Canary canary) {
        this.run = run;
        this.canary = canary;
        this.environment = run.environment();
        this.mode = mode;
        this.size = run.allTargets().wanted().size();
        this.maxFailures = mode == FailureMode.CONTINUE ? environment.get(Key.MAX_FAILURES).of(size) : 0;
    }

    /** For a release that comes: targets that fail are treated as the environment says. */
    public static void begin(Run run) {
        if (!(run.allTargets().failureHandling() instanceof FailureTolerance)) {
            var tolerance = new FailureTolerance(run, run.environment().get(Key.ON_FAILURE),
                    run.environment().get(Key.CANARY));
            tolerance.requirePerson();
            requireJudge(run);
            run.allTargets().handleFailures(tolerance);
        }
    }

    /** For a question that will come when half of it is done. */
    private void requirePerson() {
        boolean asks = canary != null && canary.asks()
                && Batches.of(environment.get(Key.BATCH), run.allTargets().wanted()).size() > 1;
        if (asks && !run.yes() && !run.dry() && !run.consent().attended()) {
            throw Failure.refused(environment.name(), "canary: ask, and nobody is here to ask")
                    .remedy(Remedy.again("--yes"));
        }
    }

    /** A pause in which nobody is asked whether the first targets are well would only be a delay. */
    public static void requireJudge(Run run) {
        var environment = run.environment();
        var canary = environment.get(Key.CANARY);
        var targets = run.allTargets().wanted();
        if (canary == null || canary.asks() || Batches.of(environment.get(Key.BATCH), targets).size() < 2) {
            return;
        }
        for (var target : targets) {
            var questions = HealthQuestion.of(environment, target.name());
            var services = environment.at(target.name()).find(Key.SERVICES);
            var why = !questions.isEmpty() ? "any of them may answer its health" : "it has neither health nor services";
            if (questions.isEmpty() ? services.filter(List::isEmpty).isPresent()
                    : questions.stream().allMatch(HealthQuestion::shared)) {
                throw Failure.refused(environment.name(), "canary: nothing would judge " + target.name()
                        + " before the others, for " + why)
                        .remedy("a health by a path such as /health/, or by an address such as http://localhost:8081/,"
                                + " which each target is asked for");
            }
        }
    }

    /** That of the run, else one where a failure of one target is a failure of all. */
    static FailureTolerance of(Run run) {
        return run.allTargets().failureHandling() instanceof FailureTolerance known ? known
                : new FailureTolerance(run, FailureMode.ROLLBACK_ALL, null);
    }

    Optional<Canary> canary() {
        return Optional.ofNullable(canary);
    }

    /** Whether a deploy goes on at the others when one that it changed has failed. */
    boolean goesOn() {
        return mode != FailureMode.ROLLBACK_ALL;
    }

    /** Whether it also begins without those that fail before. */
    boolean leavesOut() {
        return mode == FailureMode.CONTINUE;
    }

    /** Whether no further target may be changed. */
    boolean stops() {
        return leftOut.size() > maxFailures;
    }

    @Override
    public boolean triesAllFirst() {
        return true;
    }

    /** The others are left out where that is allowed. */
    @Override
    public List<Remote> reached(Run run, List<Target> wanted, Function<Target, Remote> way) {
        if (!leavesOut()) {
            return run.all(wanted, way);
        }
        var there = new ConcurrentHashMap<Target, Remote>();
        var tried = ParallelResult.all(run, wanted, target -> there.put(target, way.apply(target)));
        var failed = new TreeMap<String, Failure>();
        tried.failed().forEach((target, failure) -> failed.put(target.name(), failure));
        leaveOutUntouched(failed);
        return tried.succeeded().stream().map(there::get).toList();
    }

    /** Works on all of them while nothing has changed; a refusal by one is a refusal by all. */
    void begin(List<Remote> remotes, Consumer<Remote> work) {
        if (!leavesOut()) {
            run.all(remotes, remote -> {
                work.accept(remote);
                return remote;
            });
            return;
        }
        var tried = ParallelResult.all(run, remotes, work);
        // Whoever deploys there, or forbade it, means the whole site.
        tried.failed().values().stream().filter(failure -> failure.exit() == Exit.REFUSED).findFirst()
                .ifPresent(refusal -> {
                    throw refusal;
                });
        var failed = new TreeMap<String, Failure>();
        tried.failed().forEach((remote, failure) -> failed.put(remote.name(), failure));
        leaveOutUntouched(failed);
    }

    /** More than may fail is a failure of all, which is cheap as long as nothing has changed. */
    void leaveOutUntouched(Map<String, Failure> failed) {
        leaveOut(failed);
        if (stops() || leftOut.size() == size) {
            throw Failure.failed(environment.name(), leftOut.size() + " of " + size + " targets failed"
                    + (stops() ? ", and max_failures is " + environment.get(Key.MAX_FAILURES) : ""))
                    .listing(reasons());
        }
    }

    /** Goes on without them. */
    void leaveOut(Map<String, Failure> failed) {
        new TreeMap<>(failed).values().forEach(run::reportFailure);
        leftOut.putAll(failed);
        run.allTargets().leaveOut(failed.keySet());
    }

    /** Goes on without those that were not begun, though nothing was wrong with them. */
    void leaveOutUnbegun(List<String> names) {
        names.forEach(name -> leftOut.put(name, Failure.failed(name, "was not begun")));
        run.allTargets().leaveOut(names);
    }

    boolean isWhole() {
        return leftOut.isEmpty();
    }

    /** Before what those that were left out could not live with. */
    void requireWhole(String what) {
        if (!isWhole()) {
            throw Failure.failed(environment.name(), what + ", and " + missing() + " would keep the release before")
                    .listing(reasons()).remedy("name with --host those that there are");
        }
    }

    private String missing() {
        return String.join(", ", leftOut.keySet());
    }

    private List<String> reasons() {
        return leftOut.values().stream().map(failure -> failure.place() + ": " + failure.getMessage()).toList();
    }

    /**
     * All that were begun failed and went back.
     *
     * @param lost that may not be as they were
     * @param more what else helps
     */
    Failure allFailed(List<String> lost, Optional<Remedy> more) {
        var reason = Failure.failed(environment.name(), "no target has the release").listing(reasons());
        return remedies(lost, more).map(remedy -> reason.as(Exit.NEEDS_ATTENTION).remedy(remedy)).orElse(reason);
    }

    private Optional<Remedy> remedies(List<String> lost, Optional<Remedy> more) {
        return Stream.concat(lost.isEmpty() ? Stream.empty() : Stream.of(lookAt(lost)), more.stream())
                .reduce(Remedy::then);
    }

    /** As {@link #allFailed}, where some targets have what others have not, and a person has to know. */
    Failure someFailed(List<String> lost, Optional<Remedy> more) {
        var resume = Remedy.script(run.script(), environment.name(), "--resume");
        return Failure.stuck(environment.name(), leftOut.size() + " of " + size + " targets do not have the release: "
                + missing()).listing(reasons())
                .remedy(remedies(lost, more).map(first -> first.then(resume)).orElse(resume));
    }

    private Remedy lookAt(List<String> lost) {
        return Remedy.script("status", environment.name(), "--host", String.join(",", lost));
    }
}
