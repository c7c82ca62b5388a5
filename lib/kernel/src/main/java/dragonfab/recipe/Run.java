package dragonfab.recipe;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Environments;
import dragonfab.config.Key;
import dragonfab.config.Target;
import dragonfab.config.TargetScope;
import dragonfab.report.Failure;
import dragonfab.report.Report;
import dragonfab.target.Connections;
import dragonfab.target.ContainerProvisioner;
import dragonfab.target.Parallel;
import dragonfab.target.Remote;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One run of a script on one environment: its targets, this machine, and what steps of a sequence share.
 *
 * <p>The environments file is read, and targets are connected, when first asked for.
 */
public final class Run implements AutoCloseable {
    private final Script script;
    private final CommonOptions options;
    private final Report report;
    private final Connections connections;
    private final Map<RunKey<?>, Object> passed = new ConcurrentHashMap<>();
    private final Targets targets;
    private volatile FailureHandling failureHandling = FailureHandling.STRICT;
    private volatile Transaction transaction = Transaction.NONE;
    private Environments environments;
    private Environment environment;

    private Run(Script script, CommonOptions options, Report report) {
        this.script = script;
        this.options = options;
        this.report = report;
        this.connections = new Connections(report, script.connector, options.dryRun, options.limit());
        this.targets = new Targets(this, options, connections);
    }

    static Run open(Script script, CommonOptions options, Report report) {
        return new Run(script, options, report);
    }

    public Environments environments() {
        if (environments == null) {
            environments = options.file == null ? Environments.find(Path.of("")) : Environments.load(options.file);
            environments.warnings().forEach(warning -> report.warn("environments.yml", warning));
        }
        return environments;
    }

    /** The one that was named, else the first of the file. */
    public Environment environment() {
        if (environment == null) {
            var name = script.environment() == null ? environments().names().get(0) : script.environment();
            environment = environments().environment(name, options.set);
            environment.onSecret(report::mask);
            script.connector.expect(environment);
        }
        return environment;
    }

    /** A second environment, to take from; --set is for the one that was named. */
    public Environment other(String name) {
        var other = environments().environment(name, Map.of());
        other.onSecret(report::mask);
        return other;
    }

    /** The environment as that target sees it. */
    public Environment at(Remote remote) {
        return environment().at(remote.name());
    }

    /** Its first target as it is: one that is not there, or does not run, is a failure. */
    public Remote firstOf(Environment other) {
        return existing(other.targets().stream().findFirst().orElseThrow(() -> Targets.namesNone(other)), other);
    }

    /** The target where its database is worked on, likewise. */
    public Remote databaseOf(Environment other) {
        return existing(TargetScope.database(other.targets()).orElseThrow(() -> Targets.namesNone(other)), other);
    }

    private Remote existing(Target target, Environment environment) {
        if (target instanceof Container container) {
            ContainerProvisioner.requireRunning(container, connections.holder(container, environment), environment);
        }
        return connections.reached(target, environment);
    }

    /** Whether all targets can be reached as they are: no container has to be made or started for that. */
    public boolean isStanding() {
        return targets.areStanding(target -> !(target instanceof Container container)
                || ContainerProvisioner.isRunning(container, connections.holder(container, environment()),
                        environment()));
    }

    /** The targets of the step that runs, connected; containers are made and started when they are not there. */
    public List<Remote> targets() {
        return targets.ofStep();
    }

    /** The same in every step: whoever is left of those that the run is about. */
    public List<Remote> everywhere() {
        return targets.everywhere();
    }

    /** The same, and works on each as soon as it is reached. */
    public List<Remote> everywhere(Consumer<Remote> work) {
        return targets.everywhere(work);
    }

    /** Whether any of them has a part in a step. */
    public boolean takesPart(TargetScope step) {
        return targets.takesPart(step);
    }

    /** From now on its targets are those without these. */
    public void leaveOut(Collection<String> names) {
        targets.leaveOut(names);
    }

    /** Another place of the environment as it is: one that is not there, or does not run, is a failure. */
    public Remote existing(Target place) {
        return existing(place, environment());
    }

    /** Such a place; a container is made and started. */
    public Remote made(Target place) {
        return connections.target(place, environment());
    }

    /** One target as it is, without making or starting anything. */
    public Remote reached(Target target) {
        return connections.reached(target, environment());
    }

    /** Works on one target over a connection of its own. */
    public void freshConnection(Remote remote, Consumer<Remote> work) {
        var target = wanted().stream().filter(each -> each.name().equals(remote.name())).findFirst().orElseThrow();
        try (var fresh = connections.fresh()) {
            work.accept(fresh.reached(target, environment()));
        }
    }

    public List<Target> wanted() {
        return targets.wanted();
    }

    /** Does a step on those targets alone; there is one at least. */
    public void within(TargetScope step, Runnable work) {
        targets.within(step, work);
    }

    /** Where things happen that are for one target, as a shell. */
    public Remote first() {
        return targets.first();
    }

    /** Where the database is worked on, once for all: the first target of the role db, else the first. */
    public Remote database() {
        return targets.database();
    }

    /** The same on the targets of the step at once; when some fail, the others still go to their end. */
    public void each(Consumer<Remote> work) {
        targets.each(targets.ofStep(), work);
    }

    /** The same for looks and ad hoc work: a target that cannot be reached does not keep the others from theirs. */
    public void eachReached(Consumer<Remote> work) {
        targets.eachReached(work);
    }

    /** The same on all targets, also in a step that is for some. */
    public void eachEverywhere(Consumer<Remote> work) {
        targets.each(targets.everywhere(), work);
    }

    /** This machine, in the folder of environments.yml. */
    public Remote here() {
        return connections.here(environment == null && script.environment() == null ? null : environment());
    }

    /** The machine that holds the environment's container: this one, or lxc_host. */
    public Remote holder() {
        return connections.holder(container(), environment());
    }

    public Container container() {
        return environment().targets().stream().filter(Container.class::isInstance).map(Container.class::cast)
                .findFirst().orElseThrow(() -> Failure.usage("environments.yml",
                        environment().name() + " has no lxc: its targets are hosts"));
    }

    public <A, B> List<B> all(List<A> items, Function<A, B> work) {
        return Parallel.all(items, parallel(), work, failures -> combinedFailure(items.size(), failures));
    }

    /** Of what failed on that many at once, as one exception. */
    public RuntimeException combinedFailure(int all, List<? extends RuntimeException> failures) {
        return CombinedFailure.of(environment().name(), all, List.copyOf(failures), this::reportFailure);
    }

    /** A failure that does not end the run. */
    public void reportFailure(Failure failure) {
        report.failure(script.name(), failure);
    }

    /** The name of the script that a person typed. */
    public String script() {
        return script.name();
    }

    private int parallel() {
        if (options.parallel != null && options.parallel < 1) {
            throw Failure.usage("--parallel", "should be 1 or more");
        }
        // Whoever is never over would keep the others from their turn.
        return script.endless() ? Integer.MAX_VALUE
                : options.parallel == null ? environment().get(Key.PARALLEL) : options.parallel;
    }

    public boolean dry() {
        return options.dryRun;
    }

    public boolean verbose() {
        return options.verbose;
    }

    /** Whether the person said yes to everything beforehand. */
    public boolean yes() {
        return options.yes;
    }

    /** What whoever runs this is asked. */
    public Confirmation consent() {
        return new Confirmation(this, options, script.connector.person());
    }

    public boolean json() {
        return options.json;
    }

    public Report report() {
        return report;
    }

    /** What becomes of it when a target cannot be reached. */
    public FailureHandling failureHandling() {
        return failureHandling;
    }

    public void handleFailures(FailureHandling handling) {
        failureHandling = handling;
    }

    /** What the step that runs is part of. */
    public Transaction transaction() {
        return transaction;
    }

    /** Does the work as part of that one. */
    public void within(Transaction whole, Runnable work) {
        transaction = whole;
        try {
            work.run();
        } finally {
            transaction = Transaction.NONE;
        }
    }

    /** Leaves something for a later step of the same sequence; it replaces what another one left. */
    public <T> void pass(RunKey<T> key, T thing) {
        passed.put(key, thing);
    }

    /** What an earlier step of the sequence left. */
    public <T> Optional<T> passed(RunKey<T> key) {
        return Optional.ofNullable(passed.get(key)).map(key::cast);
    }

    @Override
    public void close() {
        connections.close();
    }
}
