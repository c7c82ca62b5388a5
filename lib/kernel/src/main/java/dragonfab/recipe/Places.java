package dragonfab.recipe;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Target;
import dragonfab.config.TargetScope;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.Connections;
import dragonfab.target.ContainerProvisioner;
import dragonfab.target.Remote;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Places of a run besides its own targets, and those as they are; each is connected once, unless it says otherwise. */
public final class Places {
    private final Run run;
    private final Targets targets;
    private final Connections connections;

    Places(Run run, Targets targets, Connections connections) {
        this.run = run;
        this.targets = targets;
        this.connections = connections;
    }

    /** The first target of another environment as it is: one that is not there, or does not run, is a failure. */
    public Remote firstOf(Environment other) {
        return existing(other.targets().stream().findFirst().orElseThrow(() -> Targets.namesNone(other)), other);
    }

    /** All targets of another environment as they are. */
    public List<Remote> allOf(Environment other) {
        return other.targets().stream().map(target -> existing(target, other)).toList();
    }

    /** The target where another environment's database is worked on, as it is. */
    public Remote databaseOf(Environment other) {
        return existing(TargetScope.database(other.targets()).orElseThrow(() -> Targets.namesNone(other)), other);
    }

    /** A place of this environment as it is: one that is not there, or does not run, is a failure. */
    public Remote existing(Target place) {
        return existing(place, run.environment());
    }

    /** The same for one that no lxc of the environment names. @param ready what makes and starts it */
    public Remote existing(Target place, Remedy ready) {
        return existing(place, run.environment(), known -> ready);
    }

    private Remote existing(Target place, Environment environment) {
        return existing(place, environment, UnaryOperator.identity());
    }

    private Remote existing(Target place, Environment environment, UnaryOperator<Remedy> ready) {
        if (place instanceof Container container) {
            ContainerProvisioner.requireRunning(container, connections.holder(container, environment), environment,
                    ready);
        }
        return connections.reached(place, environment);
    }

    /** A place of this environment; a container is made and started. */
    public Remote made(Target place) {
        return connections.target(place, run.environment());
    }

    /** A place of this environment, without a look at whether it is there. */
    public Remote reached(Target place) {
        return connections.reached(place, run.environment());
    }

    /** Works on one target over a connection of its own. */
    public void freshConnection(Remote remote, Consumer<Remote> work) {
        var target = targets.wanted().stream().filter(each -> each.name().equals(remote.name())).findFirst()
                .orElseThrow();
        try (var fresh = connections.fresh()) {
            work.accept(fresh.reached(target, run.environment()));
        }
    }

    /** Whether all targets can be reached as they are: no container has to be made or started for that. */
    public boolean areStanding() {
        return targets.areStanding(target -> !(target instanceof Container container)
                || ContainerProvisioner.isRunning(container, connections.holder(container, run.environment()),
                        run.environment()));
    }

    /** The machine that holds the environment's container: this one, or lxc_host. */
    public Remote holder() {
        return holder(container());
    }

    /** The machine that holds another container of this environment. */
    public Remote holder(Container container) {
        return connections.holder(container, run.environment());
    }

    public Container container() {
        return run.environment().targets().stream().filter(Container.class::isInstance).map(Container.class::cast)
                .findFirst().orElseThrow(() -> Failure.usage("environments.yml",
                        run.environment().name() + " has no lxc: its targets are hosts"));
    }
}
