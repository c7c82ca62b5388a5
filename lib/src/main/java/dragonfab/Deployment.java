package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.Step;
import dragonfab.ops.LockInfo;
import dragonfab.ops.Release;
import dragonfab.ops.Site;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A deploy as a transaction: on all targets together it is confirmed, or taken back.
 *
 * <p>Scripts of one sequence share one. What is not confirmed goes back by itself, also when we are gone.
 */
public final class Deployment implements Transaction, AutoCloseable {
    private final Run run;
    private final Environment environment;
    private final Site site;
    private final ReleaseKind kind;
    private final DeployOptions options;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, SiteChange> changes = new ConcurrentHashMap<>();
    private final Map<String, Installation> installations = new ConcurrentHashMap<>();
    private final List<String> foreign = new ArrayList<>();
    /** Null where packages go back. */
    private ContainerChange container;
    private final Fleet fleet;
    private final Rolling rolling;
    private final DatabaseFate database;

    private Deployment(Run run, DeployOptions options, String what) {
        this.run = run;
        this.environment = run.environment();
        this.site = new Site(environment.application(what));
        this.kind = ReleaseKinds.of(environment);
        this.options = options;
        this.fleet = Fleet.of(run);
        this.rolling = new Rolling(this, run, fleet);
        this.database = new DatabaseFate(this, fleet, run, site, kind);
    }

    /** Does the work as part of the one that goes on already, or of a new one, which ends with it. */
    public static void within(Run run, DeployOptions options, String what, Consumer<Deployment> work) {
        if (run.transaction() instanceof Deployment outer) {
            work.accept(outer);
            return;
        }
        try (var deployment = new Deployment(run, options, what)) {
            deployment.begin(what);
            run.within(deployment, () -> deployment.perform(work));
        }
    }

    /** Does the work while nobody else changes the site, on targets that are put right first; it has no way back. */
    public static void alone(Run run, String what, Runnable work) {
        if (run.transaction() != Transaction.NONE || run.environment().application().isEmpty()) {
            work.run();
            return;
        }
        try (var deployment = new Deployment(run, new DeployOptions(), what)) {
            deployment.begin(what);
            work.run();
        }
    }

    private void begin(String what) {
        var info = new LockInfo(id, Who.am(), Instant.now(), what + " " + environment.name());
        var wait = Duration.ofSeconds(options.lockWait);
        if (ContainerChange.wantedBy(environment)) {
            container = ContainerChange.begin(run, info, wait);
        }
        var claims = new Claims(changes, remote -> change(remote, info, Duration.ZERO));
        boolean several = run.wanted().size() > 1 && !run.dry();
        var targets = several ? run.everywhere(claims::claim) : run.everywhere();
        claims.settle(run);
        // Two that begin at once meet on the first target; otherwise each could hold some and wait for the other's.
        var rest = new ArrayDeque<>(targets.stream().sorted(Comparator.comparing(Remote::name)).toList());
        while (changes.isEmpty() && !rest.isEmpty()) {
            fleet.begin(List.of(rest.remove()), remote -> begin(remote, info, wait));
        }
        fleet.begin(List.copyOf(rest), remote -> begin(remote, info, wait));
        // Of those that were left out nobody hands anything on.
        var left = run.everywhere();
        left.forEach(remote -> installations.put(remote.name(),
                new Installation(changes.get(remote.name()), kind, container, run, options.noWayBack)));
    }

    private void begin(Remote remote, LockInfo info, Duration wait) {
        var held = changes.get(remote.name());
        var change = held != null ? held : change(remote, info, wait);
        changes.put(remote.name(), change.healed());
    }

    private SiteChange change(Remote remote, LockInfo info, Duration wait) {
        return SiteChange.begin(remote, site, kind, info, wait, run.at(remote).find(Key.SERVICES).orElse(List.of()));
    }

    private void perform(Consumer<Deployment> work) {
        try {
            work.accept(this);
            database.nothingLeft();
            rolling.verify();
            rolling.bringIn();
        } catch (Failure failure) {
            throw goBack(failure);
        }
        confirm();
        rolling.demandAll();
    }

    /** Before the first target changes: the release is brought to all of them, and all could go back. */
    public void prepare(ReleaseSource source) {
        source.begin(run.targets().size());
        try {
            rolling.prepare(installation -> installation.prepare(source));
        } finally {
            source.end();
        }
    }

    /** Before the first target changes: all of them have that release yet, and could go back from it. */
    public void prepare(Map<String, Release> kept) {
        rolling.prepare(installation -> installation.prepare(kept.get(installation.place())));
    }

    /** Makes what was brought run, batch by batch. */
    public void roll() {
        rolling.roll();
    }

    @Override
    public Optional<String> brought(Remote remote) {
        return on(remote).folder();
    }

    public Installation on(Remote remote) {
        return installations.get(remote.name());
    }

    Collection<Installation> installations() {
        return installations.values();
    }

    String id() {
        return id;
    }

    public DatabaseFate database() {
        return database;
    }

    @Override
    public void ready() {
        run.eachEverywhere(remote -> on(remote).home().prove());
        run.eachEverywhere(remote -> on(remote).ready());
    }

    @Override
    public void step(Remote remote, String title, Command change) {
        on(remote).step(title, change);
    }

    @Override
    public void siteIsClosed(boolean closed) {
        database.closed(closed);
    }

    @Override
    public void schemaChanges(Path dump) {
        database.schemaChanges(dump);
    }

    @Override
    public void schemaIsAsBefore() {
        database.schemaIsAsBefore();
    }

    /** Before a step that is not ours: it changes what it likes, and only its author or a snapshot could undo that. */
    void foreign(Step step) {
        ready();
        if (container == null || !(step instanceof Step.OnTargets)) {
            foreign.add(step.shown());
        }
    }

    /** A person may still be needed when a host is lost between the first confirmation and the last. */
    private void confirm() {
        try {
            run.each(remote -> on(remote).confirm());
        } catch (Failure failure) {
            throw failure.as(Exit.STUCK).remedy("jbang status@dragonfab " + environment.name()
                    + ": hosts that were not told " + (database.schemaChanged()
                            ? "judge by themselves whether they are well" : "go back by themselves"));
        }
    }

    /** Then it comes back with the container, by whatever it was changed. */
    boolean databaseIsInside() {
        return container != null && ContainerChange.holdsDatabase(environment);
    }

    private Failure goBack(Failure failure) {
        var changed = new TreeMap<>(installations).values().stream().filter(Installation::touched).toList();
        if (changed.isEmpty()) {
            return failure;
        }
        if (database.schemaChanged() && !database.returns()) {
            changed.forEach(this::giveUp);
            return failure.as(Exit.STUCK).remedy((failure.remedy() == null ? "" : failure.remedy() + "; ")
                    + "the migration had begun, so the release before was not brought back: mend it and deploy again,"
                    + " or load the dump with db-push and then jbang rollback@dragonfab " + environment.name());
        }
        var lost = rolling.goBack(changed);
        if (!lost.isEmpty()) {
            return failure.as(Exit.STUCK).remedy("look at " + String.join(", ", lost)
                    + " with jbang status@dragonfab " + environment.name() + ": it goes on trying to go back by itself");
        }
        run.report().note(environment.name(), "as before again: " + String.join(", ", changed.stream()
                .map(Installation::place).toList()) + "; the database "
                + (database.comesBack() ? "was brought back too" : "was not touched")
                + (foreign.isEmpty() ? "" : "; not undone: " + String.join(", ", foreign)));
        // What was half done, as a migration, is undone.
        return failure.exit() == Exit.STUCK ? failure.as(Exit.FAILED).remedy(null) : failure;
    }

    /** A target that cannot be told does the same by itself. */
    private void giveUp(Installation installation) {
        try {
            installation.home().giveUp();
        } catch (Failure again) {
            run.report().failure("rollback", again);
        }
    }

    /** Lets go of all locks. */
    @Override
    public void close() {
        releaseTargets();
        if (container != null) {
            container.close();
        }
    }

    private void releaseTargets() {
        run.all(List.copyOf(changes.values()), change -> {
            change.close();
            return change;
        });
    }
}
