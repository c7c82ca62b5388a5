package dragonfab.container;

import dragonfab.lxc.BuildContainers;
import dragonfab.lxc.ContainerState;
import dragonfab.lxc.Lxc;
import dragonfab.lxc.LxcTable;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.ContainerProvisioner;
import dragonfab.target.Remote;

/** What happens to an environment's container, from its making to its end; each step may be repeated. */
public final class ContainerLifecycle {
    private final Run run;
    private final Remote holder;
    private final Lxc lxc;

    private ContainerLifecycle(Run run) {
        this.run = run;
        this.lxc = Lxc.of(run.places().container().name(), run.environment());
        this.holder = run.places().holder();
    }

    public static ContainerLifecycle of(Run run) {
        return new ContainerLifecycle(run);
    }

    /** Makes it when it is missing, and starts it. */
    public void create() {
        if (state() == ContainerState.RUNNING) {
            holder.unchanged("create " + lxc.name(), "it is there and runs");
            return;
        }
        run.targets();
    }

    public void start() {
        switch (state()) {
            case MISSING -> throw missing();
            case RUNNING -> holder.unchanged("start " + lxc.name(), "it runs already");
            default -> run.targets();
        }
    }

    public void stop() {
        switch (state()) {
            case MISSING -> holder.unchanged("stop " + lxc.name(), "there is none");
            case STOPPED -> holder.unchanged("stop " + lxc.name(), "it is stopped already");
            default -> holder.run("stop " + lxc.name(), lxc.stop());
        }
    }

    /** The container, and those that its packages are built in. */
    public void remove() {
        var state = stateOrFrozen();
        var builds = BuildContainers.of(run.environment());
        boolean built = !builds.ours(holder.read(builds.list()).lines().toList()).isEmpty();
        if (state == ContainerState.MISSING) {
            holder.unchanged("remove " + lxc.name(), "there is none");
        } else {
            run.consent().require(lxc.name() + " and its snapshots would be gone");
            holder.run("remove " + lxc.name(), lxc.destroy());
        }
        if (built) {
            holder.run("remove the build containers of " + lxc.name(), builds.remove(),
                    said -> said.contains("removed ")).lines().filter(line -> line.startsWith("kept "))
                    .forEach(line -> holder.note(line.substring("kept ".length()) + " stays: a build runs in it"));
        }
    }

    /** All containers of the machine, then the project's build containers, then the snapshots of this one. */
    public void list() {
        var state = stateOrFrozen();
        var builds = BuildContainers.rows(holder.read(BuildContainers.of(run.environment()).list()).lines().toList());
        LxcTable.containers(holder.read(Lxc.list()).lines().toList())
                .forEach(row -> run.report().row("containers", row));
        builds.forEach(row -> run.report().row("build containers", row));
        if (state != ContainerState.MISSING) {
            ContainerProvisioner.snapshots(lxc, holder)
                    .forEach(row -> run.report().row("snapshots of " + lxc.name(), row));
        }
    }

    public void snapshot(String comment) {
        var was = requireState();
        var name = holder.run("take a snapshot of " + lxc.name(), lxc.snapshot(comment)).strip();
        if (!run.dry()) {
            holder.note("the snapshot is " + name);
        }
        bringUp(was);
    }

    public void restore(String snapshot) {
        var was = requireState();
        if (ContainerProvisioner.snapshots(lxc, holder).stream()
                .noneMatch(row -> row.get("snapshot").equals(snapshot))) {
            throw Failure.usage(holder.name(), lxc.name() + " has no snapshot " + snapshot)
                    .remedy(Remedy.script("lxc", run.environment(), "list"));
        }
        run.consent().require("what " + lxc.name() + " got since " + snapshot + " would be gone");
        holder.run("put " + lxc.name() + " back to " + snapshot, lxc.restore(snapshot));
        bringUp(was);
    }

    private void bringUp(ContainerState was) {
        if (was == ContainerState.RUNNING) {
            ContainerProvisioner.bringUp(lxc, holder);
        }
    }

    private ContainerState requireState() {
        var state = state();
        if (state == ContainerState.MISSING) {
            throw missing();
        }
        return state;
    }

    private ContainerState state() {
        var state = stateOrFrozen();
        if (state == ContainerState.FROZEN) {
            throw ContainerProvisioner.frozen(lxc, holder);
        }
        return state;
    }

    private ContainerState stateOrFrozen() {
        var answer = holder.ask(lxc.state());
        if (answer.ended().code() == 127) {
            throw Failure.failed(holder.name(), "LXC is not installed there")
                    .remedy(Remedy.script("init", run.environment()));
        }
        return ContainerProvisioner.state(holder, answer);
    }

    private Failure missing() {
        return Failure.failed(holder.name(), "there is no container " + lxc.name())
                .remedy(Remedy.script("lxc", run.environment(), "create"));
    }
}
