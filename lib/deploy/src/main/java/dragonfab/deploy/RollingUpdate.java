package dragonfab.deploy;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.recipe.ParallelResult;
import dragonfab.recipe.Run;
import dragonfab.release.TargetDeploy;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One change of all targets of a deploy, batch by batch: each batch is well before the next begins.
 *
 * <p>Where some may fail without the others, what failed has gone back before anything else happens.
 */
final class RollingUpdate {
    private final Deployment deployment;
    private final Run run;
    private final Environment environment;
    private final FailureTolerance tolerance;
    private final HostHooks hooks;
    private final CanaryGate canary;
    private final Consumer<TargetDeploy> extend = deploy -> deploy.rollback().extend();
    private final List<List<TargetDeploy>> begun = new ArrayList<>();
    private final List<String> lost = Collections.synchronizedList(new ArrayList<>());
    private final List<String> outOfService = Collections.synchronizedList(new ArrayList<>());

    RollingUpdate(Deployment deployment, Run run, FailureTolerance tolerance) {
        this.deployment = deployment;
        this.run = run;
        this.environment = run.environment();
        this.tolerance = tolerance;
        this.hooks = new HostHooks(run);
        // One that took us for gone says so when it is confirmed.
        this.canary = new CanaryGate(run, tolerance.canary(),
                () -> ParallelResult.all(run, changed().toList(), extend));
    }

    /** What is done on all targets before the first one changes. */
    void prepare(Consumer<TargetDeploy> work) {
        beforehand(deploys(), work);
    }

    /** While nothing has changed: what fails keeps all from beginning, or is left out. */
    private void beforehand(List<TargetDeploy> some, Consumer<TargetDeploy> work) {
        var tried = ParallelResult.all(run, some, work);
        if (tried.failed().isEmpty()) {
            return;
        }
        if (!tolerance.leavesOut()) {
            throw combinedFailure(tried);
        }
        tolerance.leaveOutUntouched(named(tried.failed()));
        rollBackLeftOut(List.copyOf(tried.failed().keySet()));
    }

    /** Does what was prepared; one batch alone is seen to be well when the steps behind it are done. */
    void roll() {
        var sizes = environment.get(Key.BATCH);
        var idle = deploys().stream().filter(each -> !each.hasWork()).toList();
        var busy = deploys().stream().filter(TargetDeploy::hasWork).toList();
        var batches = Batches.of(sizes, Batches.of(sizes, busy).size() > 1 ? ordered(busy) : busy);
        if (!busy.isEmpty()) {
            deployment.beforeVisibleChange();
        }
        boolean several = batches.size() > 1;
        if (several) {
            beforehand(idle, this::verifyBetween);
        }
        for (int i = 0; i < batches.size() && !tolerance.stops() && !isCondemned(); i++) {
            if (several) {
                run.report().note(environment.name(), "batch " + (i + 1) + " of " + batches.size() + ": "
                        + places(batches.get(i)));
            }
            var well = change(batches.get(i), several);
            if (i == 0 && several && !tolerance.stops()) {
                canary.over(well, busy.size() - batches.get(0).size(), some -> tried(some, this::verifyBetween));
            }
        }
        leaveUnbegun(batches.subList(begun.size(), batches.size()).stream().flatMap(List::stream).toList());
        requireAny();
    }

    /** Failures that may happen elsewhere are none at a canary: nothing has proved the release when all of it failed. */
    private boolean isCondemned() {
        return tolerance.canary().isPresent() && !begun.isEmpty() && Collections.disjoint(deploys(), begun.get(0));
    }

    private void requireAny() {
        if (run.targets().isEmpty()) {
            throw tolerance.allFailed(lost, outOfService());
        }
    }

    /** What visitors get tells nothing while they are shut out. */
    private void verifyBetween(TargetDeploy deploy) {
        if (deployment.database().isClosed()) {
            deploy.verifyServices();
        } else {
            deploy.verifyAlone();
        }
    }

    /** @return those that may be believed to be well, and are in service again */
    private List<TargetDeploy> change(List<TargetDeploy> batch, boolean several) {
        begun.add(batch);
        var out = hooks.any() ? phase(batch, hooks::before) : batch;
        var changed = phase(out, TargetDeploy::perform);
        // Of one batch nothing is asked before the end, for steps to come may be what it needs to be well.
        return several || hooks.any() ? tried(phase(changed, this::verifyBetween), hooks::after) : changed;
    }

    /** Others that were changed must not take us for gone while we are at these. */
    private List<TargetDeploy> phase(List<TargetDeploy> batch, Consumer<TargetDeploy> work) {
        tried(changed().filter(each -> !batch.contains(each)).toList(), extend);
        return tried(batch, work);
    }

    /** In other steps too. */
    private Stream<TargetDeploy> changed() {
        return run.allTargets().reached().stream().map(deployment::on).filter(TargetDeploy::changed);
    }

    /** All targets that take part are well. */
    void verify() {
        tried(deploys(), TargetDeploy::verify);
        requireAny();
    }

    /** None that takes part stays out of service, nor one that a deploy before left so. */
    void bringIn() {
        tried(deploys(), hooks::after);
    }

    /**
     * Does it on all of them. What fails then ends all, or goes back alone and is left out.
     *
     * @return where it went well
     */
    private List<TargetDeploy> tried(List<TargetDeploy> some, Consumer<TargetDeploy> work) {
        var tried = ParallelResult.all(run, some, work);
        if (tried.failed().isEmpty()) {
            return some;
        }
        if (!tolerance.goesOn() || deployment.database().schemaChanged()) {
            throw combinedFailure(tried);
        }
        tolerance.leaveOut(named(tried.failed()));
        rollBackLeftOut(List.copyOf(tried.failed().keySet()));
        return tried.succeeded();
    }

    private RuntimeException combinedFailure(ParallelResult<TargetDeploy> tried) {
        return run.allTargets().failure(List.copyOf(named(tried.failed()).values()));
    }

    private void leaveUnbegun(List<TargetDeploy> rest) {
        if (!rest.isEmpty()) {
            tolerance.leaveOutUnbegun(rest.stream().map(TargetDeploy::name).toList());
            rollBackLeftOut(rest);
        }
    }

    private void rollBackLeftOut(List<TargetDeploy> some) {
        lost.addAll(rollBack(some.stream().filter(TargetDeploy::touched).toList()));
        some.stream().filter(deploy -> !deploy.notPutBack().isEmpty()).forEach(deploy -> lost.add(deploy.name()));
    }

    /** The newest batch first, each batch at once. @return the names of targets where it failed */
    List<String> rollBack(List<TargetDeploy> changed) {
        var groups = new ArrayList<>(begun);
        groups.add(0, changed.stream().filter(each -> begun.stream().noneMatch(batch -> batch.contains(each)))
                .toList());
        Collections.reverse(groups);
        var failedToRollBack = new ArrayList<String>();
        for (var group : groups) {
            var tried = ParallelResult.all(run, group.stream().filter(changed::contains).toList(), this::rollBack);
            named(tried.failed()).forEach((place, failure) -> {
                run.report().failure("rollback", failure);
                failedToRollBack.add(place);
            });
        }
        return failedToRollBack;
    }

    /** One that visitors see is taken out first; one that is not well stays out. */
    private void rollBack(TargetDeploy deploy) {
        if (deploy.changedRelease()) {
            try {
                hooks.before(deploy);
            } catch (Failure failure) {
                run.report().failure("rollback", failure);
            }
        }
        deploy.rollBack();
        try {
            hooks.after(deploy);
        } catch (Failure failure) {
            run.report().failure("rollback", failure);
            outOfService.add(deploy.name());
        }
    }

    /** What helps those that went back and are well, and that visitors do not get to. */
    Optional<Remedy> outOfService() {
        return outOfService.isEmpty() ? Optional.empty() : Optional.of(Remedy.advice("mend after_host: "
                + String.join(", ", new TreeSet<>(outOfService)) + (outOfService.size() == 1
                        ? " has gone back and is healthy, but is out of service, and nothing puts it back by itself"
                        : " have gone back and are healthy, but are out of service, and nothing puts them back by"
                                + " itself"))
                .then(Remedy.script("heal", environment.name())));
    }

    /** Where some were left out, that is what a person has to know. */
    void requireAll() {
        if (!tolerance.isWhole()) {
            throw tolerance.someFailed(lost, outOfService());
        }
    }

    /** Targets that are not well, or not like most, come first: they have the least to lose. */
    private List<TargetDeploy> ordered(List<TargetDeploy> all) {
        var usual = all.stream().collect(Collectors.groupingBy(TargetDeploy::version, Collectors.counting()))
                .entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        var well = run.all(all, each -> usual.equals(Optional.of(each.version())) && each.isHealthy());
        return Stream.of(false, true).flatMap(wanted -> IntStream.range(0, all.size())
                .filter(i -> well.get(i).equals(wanted)).mapToObj(all::get)).toList();
    }

    private List<TargetDeploy> deploys() {
        return run.targets().stream().map(deployment::on).toList();
    }

    private static Map<String, Failure> named(Map<TargetDeploy, Failure> failed) {
        var named = new TreeMap<String, Failure>();
        failed.forEach((deploy, failure) -> named.put(deploy.name(), failure));
        return named;
    }

    private static String places(List<TargetDeploy> some) {
        return String.join(", ", some.stream().map(TargetDeploy::name).toList());
    }
}
