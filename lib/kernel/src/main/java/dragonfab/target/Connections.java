package dragonfab.target;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Host;
import dragonfab.config.Key;
import dragonfab.config.Target;
import dragonfab.report.Failure;
import dragonfab.report.Report;
import dragonfab.shell.Command;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.DryShell;
import dragonfab.shell.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The shells of one run: at most one to a place and environment, opened when first needed, closed at the end.
 *
 * <p>Two environments may name one host and mean two: each has its SSH configuration and keys.
 */
public final class Connections implements AutoCloseable {
    private static final Duration PERSON = Duration.ofSeconds(120);

    private final Map<String, Place> open = new ConcurrentHashMap<>();
    private final Report report;
    private final Connector connector;
    private final boolean dry;
    private final Duration limit;

    /** @param limit the longest time for one step */
    public Connections(Report report, Connector connector, boolean dry, Duration limit) {
        this.report = report;
        this.connector = connector;
        this.dry = dry;
        this.limit = limit;
    }

    /** Others, that share nothing with these. */
    public Connections fresh() {
        return new Connections(report, connector, dry, limit);
    }

    /** The target itself; a container is made, started and waited for. */
    public Remote target(Target target, Environment environment) {
        if (target instanceof Host host) {
            return remote(ssh(host, environment));
        }
        var container = (Container) target;
        var holder = holder(container, environment);
        ContainerProvisioner.ready(container, holder, environment);
        return reached(container, environment);
    }

    /** The target as it is: a container must be running. */
    public Remote reached(Target target, Environment environment) {
        return target instanceof Container container
                ? remote(connector.container(holding(container, environment), container.name()))
                : remote(ssh((Host) target, environment));
    }

    /** The machine that a container is on. */
    public Remote holder(Container container, Environment environment) {
        return remote(holding(container, environment));
    }

    private Shell holding(Container container, Environment environment) {
        return container.on() == null ? local(environment) : ssh(container.on(), environment);
    }

    public Remote here(Environment environment) {
        return remote(local(environment));
    }

    private Remote remote(Shell shell) {
        return new Remote(dry ? new DryShell(shell) : shell, report, dry, limit);
    }

    private Shell local(Environment environment) {
        return place(environment, "").opened(() -> {
            var password = environment == null ? null : environment.get(Key.SUDO_PASSWORD);
            var folder = environment == null ? java.nio.file.Path.of("") : environment.folder();
            var plain = connector.here(folder.toAbsolutePath(), null);
            return password == null || asksNoPassword(plain) ? plain
                    : connector.here(folder.toAbsolutePath(), password);
        });
    }

    private Shell ssh(Host host, Environment environment) {
        return place(environment, host.name())
                .opened(() -> within(host, () -> connector.host(host, environment.at(host.name()))));
    }

    /** A host may take the connection and say nothing more; a person may have to find a password or a key to touch. */
    private Shell within(Host host, Supplier<Shell> opening) {
        var patience = connector.person().isThere() && limit.compareTo(PERSON) < 0 ? PERSON : limit;
        var opened = CompletableFuture.supplyAsync(opening, DaemonThreads.each("login"));
        try {
            return opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            opened.thenAccept(Shell::close);
            throw new ConnectionLost(host.name(), "it did not let us in within " + patience.toSeconds() + "s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(host.name(), "interrupted");
        }
    }

    /** The map must not be held while one of them is opened: others would wait, by the chance of their names. */
    private Place place(Environment environment, String name) {
        return open.computeIfAbsent(environment == null ? name : environment.name() + "/" + name, key -> new Place());
    }

    /** A password that sudo does not ask for would end up in the command's own input. */
    private static boolean asksNoPassword(Shell shell) {
        return shell.ask(Command.of("true").asRoot()).ok();
    }

    @Override
    public void close() {
        // A host that does not listen any more is waited for a while.
        Parallel.all(List.copyOf(open.values()), open.size(), place -> {
            place.close();
            return place;
        }, failures -> failures.get(0));
    }

    /** A place that is reached by whoever needs it first; who wants to another does not wait for that. */
    private static final class Place {
        private volatile Shell shell;

        private synchronized Shell opened(Supplier<Shell> opening) {
            shell = shell == null ? opening.get() : shell;
            return shell;
        }

        private void close() {
            if (shell != null) {
                shell.close();
            }
        }
    }
}
