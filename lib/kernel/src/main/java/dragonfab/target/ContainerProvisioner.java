package dragonfab.target;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.lxc.ContainerState;
import dragonfab.lxc.Lxc;
import dragonfab.lxc.LxcTable;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Makes an environment's container be there, be booted and have an address, whatever state it was in. */
public final class ContainerProvisioner {
    public static final Duration BOOT = Duration.ofSeconds(60);

    private static final int WITHOUT_LXC = 127;
    private static final Map<String, Object> LOCKS = new ConcurrentHashMap<>();

    private ContainerProvisioner() {
    }

    /** @param host the machine that holds it */
    static void ready(Container container, Remote host, Environment environment) {
        var lxc = Lxc.of(container.name(), environment);
        synchronized (LOCKS.computeIfAbsent(host.name() + "/" + container.name(), key -> new Object())) {
            var answer = host.ask(lxc.state());
            if (answer.ended().code() == WITHOUT_LXC) {
                throw unprepared(host, environment, "LXC is not installed there");
            }
            var state = state(host, answer);
            if (state == ContainerState.FROZEN) {
                throw frozen(lxc, host);
            }
            if (state == ContainerState.MISSING) {
                makeClone(lxc, host, environment);
            }
            if (state != ContainerState.RUNNING) {
                host.run("start " + lxc.name(), lxc.ready(BOOT), said -> said.startsWith("started"));
            }
        }
    }

    /** What a machine answered to {@link Lxc#state}; that it could not be asked is a failure. */
    public static ContainerState state(Remote host, Result answer) {
        var words = answer.err().strip();
        if (!answer.ok() && answer.ended().code() != WITHOUT_LXC && !words.isEmpty()
                && !words.endsWith(" doesn't exist")) {
            throw Failure.failed(host.name(), "lxc-info does not say whether there is such a container")
                    .of(null, words.lines().toList());
        }
        return ContainerState.of(answer);
    }

    public static boolean isRunning(Container container, Remote host, Environment environment) {
        return state(host, host.ask(Lxc.of(container.name(), environment).state())) == ContainerState.RUNNING;
    }

    /** After a step that starts it again, and does not wait until it can be used. */
    public static void bringUp(Lxc lxc, Remote host) {
        host.run("see that " + lxc.name() + " is up again", lxc.ready(BOOT), said -> said.startsWith("started"));
    }

    /** The oldest first; none of a container that is not there. */
    public static List<Map<String, String>> snapshots(Lxc lxc, Remote host) {
        return LxcTable.snapshots(host.ask(lxc.snapshots()).lines());
    }

    /** For what is only read: there, nothing is made or started. @param ready by what it is made, or started */
    public static void requireRunning(Container container, Remote host, Environment environment,
            UnaryOperator<Remedy> ready) {
        var answer = host.ask(Lxc.of(container.name(), environment).state());
        switch (state(host, answer)) {
            case RUNNING -> {}
            case MISSING -> throw Failure.failed(host.name(), "there is no container " + container.name())
                    .remedy(ready.apply(Remedy.script("lxc", environment.name(), "create")));
            case STOPPED -> throw Failure.failed(host.name(), container.name() + " is STOPPED")
                    .remedy(ready.apply(Remedy.script("lxc", environment.name(), "start")));
            default -> throw Failure.failed(host.name(), container.name() + " is " + answer.text());
        }
    }

    private static void makeClone(Lxc lxc, Remote host, Environment environment) {
        if (!host.succeeds(new Lxc(lxc.template(), lxc.template(), lxc.mode(), false).state())) {
            throw unprepared(host, environment, "there is no container " + lxc.template() + " to clone");
        }
        host.run("clone " + lxc.template() + " to " + lxc.name(), lxc.makeClone(), said -> !said.startsWith("there"));
        if (host.dry()) {
            throw new DryRunStop(lxc.name() + " would be made now; what follows depends on what is in it");
        }
    }

    public static Failure frozen(Lxc lxc, Remote host) {
        return Failure.failed(host.name(), lxc.name() + " is frozen, and nothing in it goes on")
                .remedy(Remedy.program("sudo", "lxc-unfreeze", "-n", lxc.name()));
    }

    private static Failure unprepared(Remote host, Environment environment, String what) {
        return Failure.failed(host.name(), what).remedy(Remedy.script("init", environment.name()));
    }
}
