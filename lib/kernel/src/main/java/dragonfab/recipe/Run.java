package dragonfab.recipe;

import dragonfab.config.Environment;
import dragonfab.config.Environments;
import dragonfab.config.Key;
import dragonfab.files.WebFile;
import dragonfab.report.Failure;
import dragonfab.report.Report;
import dragonfab.target.Connections;
import dragonfab.target.Parallel;
import dragonfab.target.Remote;
import java.nio.file.Path;
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
    private final Places places;
    private volatile boolean agreed;
    private volatile Transaction transaction = Transaction.NONE;
    private Environments environments;
    private Environment environment;

    private Run(Script script, CommonOptions options, Report report) {
        this.script = script;
        this.options = options;
        this.report = report;
        this.connections = new Connections(report, script.connector, options.dryRun, options.limit());
        this.targets = new Targets(this, options, connections);
        this.places = new Places(this, targets, connections);
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

    /** The one that was named, else the only one, or the first of the file for a script that can do without. */
    public Environment environment() {
        if (environment == null) {
            environment = environments().environment(name(), options.set);
            environment.onSecret(report::mask);
            environment.onFetch(this::fetches);
            if (!dry()) {
                report.keepLogs(FailureLogs.beside(environment.folder()));
            }
            report.startedAs(script.invocation(environment.name()));
            script.connector.expect(environment);
        }
        return environment;
    }

    private String name() {
        if (script.environment() != null) {
            return script.environment();
        }
        var names = environments().names();
        if (!script.needsEnvironment()) {
            return names.get(0);
        }
        var only = new OnlyEnvironment(environments().file().getFileName().toString(), names,
                name -> environments().environment(name, Map.of()).get(Key.PROTECTED)).name(script.name());
        if (!script.onlyReads()) {
            report.note("local", only + " is taken, the only environment");
        }
        return only;
    }

    /** A second environment, to take from; --set is for the one that was named. */
    public Environment other(String name) {
        var other = environments().environment(name, Map.of());
        other.onSecret(report::mask);
        other.onFetch(this::fetches);
        return other;
    }

    private boolean fetches(WebFile file) {
        boolean fetches = !dry() && !script.onlyReads();
        if (fetches || dry()) {
            report.note("local", (fetches ? "fetches " : "would fetch ") + file + " (sha256 " + file.sha256() + ")");
        }
        return fetches;
    }

    /** The option that names some of its hosts, as it was typed; empty for all of them. */
    public List<String> hostOption() {
        return options.hosts.isEmpty() ? List.of() : List.of("--host", String.join(",", options.hosts));
    }

    /** The environment as that target sees it. */
    public Environment at(Remote remote) {
        return environment().at(remote.name());
    }

    /** The targets of the step that runs, connected; containers are made and started when they are not there. */
    public List<Remote> targets() {
        return targets.ofStep();
    }

    /** The target of what is for one alone, as a shell. */
    public Remote first() {
        return targets.first();
    }

    /** Where the database is worked on, once for all: the first target of the role db, else the first. */
    public Remote database() {
        return targets.database();
    }

    /** Works on the targets of the step at once; when some fail, the others still go to their end. */
    public void each(Consumer<Remote> work) {
        targets.each(targets.ofStep(), work);
    }

    /** For questions and ad hoc commands: a target that cannot be reached does not keep the others from theirs. */
    public void eachReached(Consumer<Remote> work) {
        targets.eachReached(work);
    }

    /** All targets of the run, whatever step runs: what a deploy has to know of them. */
    public Targets allTargets() {
        return targets;
    }

    /** Other places than the targets. */
    public Places places() {
        return places;
    }

    boolean onlyReads() {
        return script.onlyReads();
    }

    /** This machine, in the folder of environments.yml. */
    public Remote here() {
        return connections.here(environment == null && script.environment() == null && !script.needsEnvironment() ? null
                : environment());
    }

    /** Works on many things at once, as many as --parallel allows; when some fail, the others still go to their end. */
    public <A, B> List<B> all(List<A> items, Function<A, B> work) {
        return Parallel.all(items, parallel(), work, failures -> targets.failure(items.size(), failures));
    }

    /** A failure that does not end the run. */
    public void reportFailure(Failure failure) {
        report.failure(script.name(), failure);
    }

    /** The name of the script that a person typed. */
    public String script() {
        return script.name();
    }

    /** Whether that script has an option of this name. */
    boolean takes(String option) {
        return script.takes(option);
    }

    private int parallel() {
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

    /** What the person who runs this is asked. */
    public Confirmation consent() {
        return new Confirmation(this, options, script.connector.person());
    }

    /** Whether somebody has agreed to what this run does to a protected environment. */
    boolean isAgreed() {
        return agreed;
    }

    void agreed() {
        agreed = true;
    }

    public Report report() {
        return report;
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
