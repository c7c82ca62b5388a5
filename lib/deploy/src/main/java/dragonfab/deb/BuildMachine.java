package dragonfab.deb;

import dragonfab.config.BuildPlace;
import dragonfab.config.CloneMode;
import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.lxc.BuildContainers;
import dragonfab.lxc.Lxc;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.target.ContainerLease;
import dragonfab.target.LocalCertificates;
import dragonfab.target.Remote;
import java.security.SecureRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a package is built: a throw-away container of the target's suite, this machine, or the target itself.
 *
 * <p>What a build leaves behind goes with {@link #close}, also after a failure.
 */
public final class BuildMachine implements AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NUMBERS = 1_000_000;

    private final Remote remote;
    private final String user;
    private final String work;
    private final UnaryOperator<String> suite;
    private final NetworkSettings network;
    private final Runnable discard;

    private BuildMachine(Remote remote, String user, String work, UnaryOperator<String> suite,
            NetworkSettings network, Runnable discard) {
        this.remote = remote;
        this.suite = suite;
        this.user = user;
        this.work = work;
        this.network = network;
        this.discard = discard;
    }

    public static BuildMachine open(Run run, BuildNeeds build) {
        var environment = run.environment();
        var place = environment.get(Key.BUILD);
        if (place == BuildPlace.TARGET) {
            return onTarget(run, build);
        }
        var holder = place == BuildPlace.HOST ? Optional.<Remote>empty() : holder(run);
        if (holder.isPresent()) {
            return inContainer(run, holder.get(), build);
        }
        if (place == BuildPlace.CONTAINER) {
            throw Failure.failed("local", "there is no LXC here to build in")
                    .remedy(Remedy.script("init", environment.name()));
        }
        return onThisMachine(run);
    }

    /** This machine when LXC works on it, else the one that holds the environment's container. */
    private static Optional<Remote> holder(Run run) {
        var template = Command.of("lxc-info", "-n", run.environment().get(Key.LXC_TEMPLATE), "-sH").asRoot();
        if (run.here().succeeds(template)) {
            return Optional.of(run.here());
        }
        var remote = run.environment().targets().stream()
                .anyMatch(target -> target instanceof Container container && container.on() != null);
        return remote && run.places().holder().succeeds(template) ? Optional.of(run.places().holder())
                : Optional.empty();
    }

    private static BuildMachine onThisMachine(Run run) {
        if (!run.here().succeeds(Command.of("dpkg-buildpackage", "--version"))) {
            throw Failure.failed("local", "there is neither LXC nor dpkg-buildpackage to build with")
                    .remedy("build: target in environments.yml builds on the first target");
        }
        var work = run.here().read(Command.of("mktemp", "-d", "-t", "dragonfab-build.XXXXXX"));
        return new BuildMachine(run.here(), null, work, reported -> "", NetworkSettings.NONE,
                () -> run.here().discard(Command.of("rm", "-rf", "--", work)));
    }

    private static BuildMachine onTarget(Run run, BuildNeeds build) {
        var target = run.first();
        target.run("install build dependencies", build.dependencies(run.environment(), NetworkSettings.NONE));
        var work = "/build/" + build.name();
        return new BuildMachine(target, "builder", work, reported -> reported, NetworkSettings.NONE,
                () -> target.discard(Command.of("rm", "-rf", "--", work).as("builder")));
    }

    private static BuildMachine inContainer(Run run, Remote holder, BuildNeeds build) {
        var environment = run.environment();
        var suite = suite(run, holder, build);
        var base = base(environment, build);
        holder.run("remove what killed builds left", base.removeBuildContainers(), said -> !said.isBlank());
        var network = network(run);
        ensureBase(holder, base, build, environment, suite, network);
        var machine = new Lxc(base.name() + "-" + RANDOM.nextInt(NUMBERS), base.name(), base.mode(), false);
        var lease = ContainerLease.take(machine, holder);
        Runnable discard = () -> {
            holder.discard(machine.destroy());
            lease.close();
        };
        try {
            holder.run("clone " + base.name() + " for this build",
                    machine.makeBuildContainer(BuildContainers.of(environment)));
            holder.run("start " + machine.name(), machine.ready(BOOT));
            holder.inside(machine.name()).record(LocalCertificates.ofThisMachine().trust());
        } catch (RuntimeException e) {
            discard.run();
            throw e;
        }
        return new BuildMachine(holder.inside(machine.name()), "builder", "/build/" + build.name(),
                reported -> suite.isEmpty() ? reported : suite, network, discard);
    }

    private static NetworkSettings network(Run run) {
        var variables = new HashMap<>(System.getenv());
        var pip = PipConfig.read(variables, Path.of(System.getProperty("user.home")));
        if (run.environment().has(Key.WHEELSERVER)) {
            // The file names where wheels come from, and no machine adds to that.
            variables.keySet().removeIf(name -> name.startsWith("PIP_"));
            pip = Map.of();
        }
        var network = NetworkSettings.of(variables, pip, run.here().ask(Command.of("apt-config", "dump")).lines());
        network.passwords().forEach(run.environment()::hide);
        return network;
    }

    private static Lxc base(Environment environment, BuildNeeds build) {
        var name = environment.targets().stream().filter(Container.class::isInstance).map(c -> c.name()).findFirst()
                .orElse(build.name().replaceAll("[^a-z0-9-]", "-"));
        return new Lxc(name + "-build", environment.get(Key.LXC_TEMPLATE), CloneMode.SNAPSHOT, false);
    }

    private static String suite(Run run, Remote holder, BuildNeeds build) {
        var wanted = run.environment().get(Key.BUILD_SUITE);
        return wanted != null ? wanted : run.environment().targets().isEmpty() ? ""
                : run.first().read(Build.debianRelease());
    }

    private static void ensureBase(Remote holder, Lxc base, BuildNeeds build, Environment environment, String suite,
            NetworkSettings network) {
        var mark = build.mark(environment, suite);
        if (holder.ask(base.mark()).text().equals(mark)) {
            return;
        }
        try (var lease = ContainerLease.take(base, holder)) {
            // Another build may have made it meanwhile.
            if (!holder.ask(base.mark()).text().equals(mark)) {
                makeBase(holder, base, build, environment, suite, network);
                holder.run("mark " + base.name() + " as complete", base.marked(mark));
            }
        }
    }

    private static void makeBase(Remote holder, Lxc base, BuildNeeds build, Environment environment, String suite,
            NetworkSettings network) {
        var template = base.ofSuite(suite, holder.ask(base.templateSuite()).text());
        if (holder.ask(base.state()).ok()) {
            holder.run("remove the build container of other dependencies", base.replaceBuildContainer());
        }
        holder.run("have " + template.template() + " to clone",
                template.buildTemplate(suite, environment.find(Key.LXC_MIRROR).orElse(List.of())),
                said -> said.startsWith("built"));
        holder.run("clone " + template.template() + " to " + base.name(),
                template.makeClone(BuildContainers.of(environment)));
        holder.run("start " + base.name(), base.ready(BOOT));
        holder.inside(base.name()).record(LocalCertificates.ofThisMachine().trust());
        holder.inside(base.name()).run("install build dependencies", build.dependencies(environment, network));
        holder.run("stop " + base.name(), base.stop());
    }

    /** Where the build runs. */
    public Remote remote() {
        return remote;
    }

    /** Who builds; null is the login. */
    public String user() {
        return user;
    }

    /**
     * The Debian release that was asked for, as it was named; "" where this machine builds, whatever it has.
     *
     * @param reported what the build says that it has
     */
    String suite(String reported) {
        return suite.apply(reported);
    }

    /** What it must be told to reach the network as this machine does. */
    public NetworkSettings network() {
        return network;
    }

    /** A folder for this build alone. */
    public String work() {
        return work;
    }

    @Override
    public void close() {
        discard.run();
    }
}
