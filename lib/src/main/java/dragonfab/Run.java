package dragonfab;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Environments;
import dragonfab.config.Host;
import dragonfab.config.Key;
import dragonfab.config.Target;
import dragonfab.report.Failure;
import dragonfab.report.Report;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One run of a script on one environment: its targets, this machine, and what scripts of a sequence hand on.
 *
 * <p>The environments file is read, and targets are connected, when first asked for.
 */
public final class Run implements AutoCloseable {
    private final Script script;
    private final Options options;
    private final Report report;
    private final Connections connections;
    private final Map<Class<?>, Object> handedOn = new ConcurrentHashMap<>();
    private Environments environments;
    private Environment environment;
    private List<Remote> targets;

    private Run(Script script, Options options, Report report) {
        this.script = script;
        this.options = options;
        this.report = report;
        this.connections = new Connections(report, options, script.world);
    }

    static Run open(Script script, Options options, Report report) {
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
        }
        return environment;
    }

    /** A second environment, to take from; --set is for the one that was named. */
    public Environment other(String name) {
        var other = environments().environment(name, Map.of());
        other.onSecret(report::mask);
        return other;
    }

    /** Its first target as it is: one that is not there, or does not run, is a failure. */
    public Remote firstOf(Environment other) {
        var target = other.targets().stream().findFirst().orElseThrow(() -> namesNone(other));
        if (target instanceof Container container) {
            Containers.demandRunning(container, connections.holder(container, other), other);
        }
        return connections.reached(target, other);
    }

    /** The environment's targets, connected; containers are made and started when they are not there. */
    public synchronized List<Remote> targets() {
        if (targets == null) {
            var wanted = wanted();
            var fleet = handed(Fleet.class);
            targets = fleet == null ? all(wanted, this::connected) : fleet.reached(wanted, this::connected);
            report.single(targets.size() == 1);
        }
        return targets;
    }

    private Remote connected(Target target) {
        return connections.target(target, environment());
    }

    /** From now on its targets are those without these. */
    synchronized void leaveOut(Collection<String> names) {
        if (targets != null) {
            targets = targets.stream().filter(remote -> !names.contains(remote.name())).toList();
        }
    }

    /** One target as it is, without making or starting anything. */
    Remote reached(Target target) {
        return connections.reached(target, environment());
    }

    /** Works on one target over a connection of its own. */
    void anew(Remote remote, Consumer<Remote> work) {
        var target = wanted().stream().filter(each -> each.name().equals(remote.name())).findFirst().orElseThrow();
        try (var fresh = connections.anew()) {
            work.accept(fresh.reached(target, environment()));
        }
    }

    List<Target> wanted() {
        var all = environment().targets();
        if (all.isEmpty()) {
            throw namesNone(environment());
        }
        for (var name : options.hosts) {
            if (all.stream().noneMatch(target -> named(target, name))) {
                throw Failure.usage("--host", name + " is no host of " + environment().name() + ": "
                        + String.join(", ", all.stream().map(Target::name).toList()));
            }
        }
        return options.hosts.isEmpty() ? all
                : all.stream().filter(target -> options.hosts.stream().anyMatch(name -> named(target, name))).toList();
    }

    private static Failure namesNone(Environment environment) {
        return Failure.usage("environments.yml", environment.name() + " names no hosts and no lxc");
    }

    private static boolean named(Target target, String name) {
        return target.name().equals(name) || target instanceof Host host && host.address().equals(name);
    }

    /** Where things happen once, as migrations do. */
    public synchronized Remote first() {
        return targets == null && handed(Fleet.class) == null ? connected(wanted().get(0)) : targets().get(0);
    }

    /** The same on all targets at once; when some fail, the others still go to their end. */
    public void each(Consumer<Remote> work) {
        all(targets(), remote -> {
            work.accept(remote);
            return remote;
        });
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

    <A, B> List<B> all(List<A> items, Function<A, B> work) {
        return AtOnce.all(items, work, this::tell);
    }

    /** A failure that does not end the run. */
    void tell(Failure failure) {
        report.failure(script.name(), failure);
    }

    /** The name of the script that a person typed. */
    String script() {
        return script.name();
    }

    public boolean dry() {
        return options.dryRun;
    }

    boolean verbose() {
        return options.verbose;
    }

    /** Whether the person said yes to everything beforehand. */
    public boolean yes() {
        return options.yes;
    }

    /** Whether somebody sits at the terminal, who can be asked and can type. */
    public boolean attended() {
        return script.world.person().isThere();
    }

    /** Asks before something is lost; nobody there to ask, or a protected environment, is a no without --yes. */
    public void confirm(String loss) {
        if (options.yes || options.dryRun) {
            return;
        }
        boolean guarded = environment().get(Key.PROTECTED);
        if (guarded || !attended()) {
            throw Failure.refused(environment().name(), guarded ? "is protected, and " + loss
                    : "nobody is here to ask, and " + loss).remedy("the same command with --yes");
        }
        if (!report.aside(() -> script.world.person().agrees(loss + "; go on (yes/no)? "))) {
            throw Failure.refused(environment().name(), "not done, as you said");
        }
    }

    /** Asks whether to go on; --yes has said so beforehand. */
    boolean agrees(String question) {
        return options.yes || report.aside(() -> script.world.person().agrees(question + " (yes/no)? "));
    }

    /** Before the data of a protected environment is replaced: its name has to be typed, or given with the option. */
    public void confirmByName(String loss, String given) {
        var name = environment().name();
        if (options.dryRun || !environment().get(Key.PROTECTED) || name.equals(given)) {
            return;
        }
        if (given != null || !attended()) {
            throw Failure.refused(name, "is protected, and " + loss).remedy("the same command with --yes-really " + name);
        }
        if (!report.aside(() -> script.world.person().types(loss + "; type " + name + " to go on: ", name))) {
            throw Failure.refused(name, "not done, as you said");
        }
    }

    public boolean json() {
        return options.json;
    }

    public Report report() {
        return report;
    }

    /** Leaves something for a later script of the same sequence, as the package that was just built. */
    public <T> void handOn(T thing) {
        handedOn.put(thing.getClass(), thing);
    }

    /** Takes it away again. */
    void handBack(Class<?> type) {
        handedOn.remove(type);
    }

    /** What an earlier script of the sequence left, or null. */
    public <T> T handed(Class<T> type) {
        return type.cast(handedOn.get(type));
    }

    @Override
    public void close() {
        connections.close();
    }
}
