package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.Step;
import dragonfab.ops.Journal;
import dragonfab.ops.LockInfo;
import dragonfab.ops.Migrated;
import dragonfab.ops.Release;
import dragonfab.ops.Site;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A deploy as a transaction: on all targets together it is confirmed, or taken back.
 *
 * <p>Scripts of one sequence share one. What is not confirmed goes back by itself, also when we are gone.
 */
public final class Deployment implements AutoCloseable {
    private final Run run;
    private final Environment environment;
    private final Site site;
    private final DeployOptions options;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, SiteChange> changes = new ConcurrentHashMap<>();
    private final Map<String, Installation> installations = new ConcurrentHashMap<>();
    private final List<String> foreign = new ArrayList<>();
    /** Null where packages go back. */
    private ContainerChange container;
    private volatile boolean schemaChanged;
    private volatile boolean closed;
    /** Brings the database back to what the release before knows; null where that would lose what somebody wrote. */
    private volatile Runnable databaseBack;

    private Deployment(Run run, DeployOptions options, String what) {
        this.run = run;
        this.environment = run.environment();
        this.site = new Site(environment.require(Key.PACKAGE_NAME, what));
        this.options = options;
    }

    /** Does the work as part of the one that goes on already, or of a new one, which ends with it. */
    public static void within(Run run, DeployOptions options, String what, Consumer<Deployment> work) {
        var outer = run.handed(Deployment.class);
        if (outer != null) {
            work.accept(outer);
            return;
        }
        try (var deployment = new Deployment(run, options, what)) {
            deployment.begin(what);
            run.handOn(deployment);
            deployment.perform(work);
        } finally {
            run.handBack(Deployment.class);
        }
    }

    /** Does the work while nobody else changes the site, on targets that are put right first; it has no way back. */
    public static void alone(Run run, String what, Runnable work) {
        if (run.handed(Deployment.class) != null || !run.environment().has(Key.PACKAGE_NAME)) {
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
        // Two that begin at once meet on the first target; otherwise each could hold some and wait for the other's.
        var targets = run.targets().stream().sorted(Comparator.comparing(Remote::name)).toList();
        // So all are tried at once first, and let go of together when that fails.
        if (targets.size() > 1 && !run.dry()) {
            changes.putAll(SiteChange.atOnce(targets, remote -> change(remote, info, Duration.ZERO)));
        }
        begin(targets.get(0), info, wait);
        run.all(targets.subList(1, targets.size()), remote -> begin(remote, info, wait));
    }

    private Remote begin(Remote remote, LockInfo info, Duration wait) {
        var held = changes.get(remote.name());
        var change = held != null ? held : change(remote, info, wait);
        changes.put(remote.name(), change.healed());
        installations.put(remote.name(), new Installation(change, container, run, options.noWayBack));
        return remote;
    }

    private SiteChange change(Remote remote, LockInfo info, Duration wait) {
        return SiteChange.begin(remote, site, info, wait, environment.find(Key.SERVICES).orElse(List.of()));
    }

    private void perform(Consumer<Deployment> work) {
        try {
            work.accept(this);
            run.each(remote -> on(remote).verify());
        } catch (Failure failure) {
            throw goBack(failure);
        }
        confirm();
    }

    public Installation on(Remote remote) {
        return installations.get(remote.name());
    }

    /** Before anything changes, on all targets: a way back is proven and armed. */
    void ready() {
        run.each(remote -> on(remote).prove());
        run.each(remote -> on(remote).ready());
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
                    + ": hosts that were not told go back by themselves");
        }
    }

    /** Whether visitors are shut out, so that the database holds nothing newer than a dump that is made now. */
    void closed(boolean now) {
        closed = now;
        if (!closed) {
            databaseBack = null;
        }
    }

    /**
     * From now on the release before may no longer find its schema: what is there stays, and nobody sees it by accident.
     *
     * @param dump of the database before it, or null
     */
    void schemaChanges(Path dump) {
        ready();
        if (databaseIsInside()) {
            return;
        }
        databaseBack = dump == null || !closed ? null : () -> new DatabaseDumps(run).bringBack(dump);
        schemaChanged = true;
        installations.values().forEach(Installation::armClosed);
    }

    /** Then it comes back with the container, by whatever it was changed. */
    private boolean databaseIsInside() {
        return container != null && ContainerChange.holdsDatabase(environment);
    }

    /** Before a rollback: refuses to leave a release with a schema that it may not know, unless a person decides. */
    public void database(DatabaseChoice choice, Release back) {
        var first = on(run.first());
        var migrated = first.migrated();
        if (first.isBefore(back)) {
            run.report().note(environment.name(), "the database stays as it is");
        } else if (!migrated.schemaIsNew()) {
            run.report().note(environment.name(), "the database stays as it is: this release did not change its schema");
        } else if (choice == DatabaseChoice.KEEP) {
            run.report().note(environment.name(), "the database stays as it is, with " + migrated.named());
        } else if (choice == DatabaseChoice.RESTORE) {
            restore(first, migrated);
        } else {
            throw Failure.refused(first.place(), "the release that runs changed the schema, by " + migrated.named()
                    + ": the one before may not know it").remedy("--database keep when it does"
                    + (migrated.dump().isEmpty() ? "" : ", or --database restore to load " + migrated.dump()));
        }
    }

    private void restore(Installation first, Migrated migrated) {
        if (migrated.dump().isEmpty()) {
            throw Failure.refused(first.place(), "no dump was made before " + migrated.named())
                    .remedy("jbang db-dump@dragonfab " + environment.name() + " --list, and db-push by hand");
        }
        var dumps = new DatabaseDumps(run);
        var dump = dumps.choose(migrated.dump());
        run.confirm("what was written since " + migrated.dump() + " will be lost from the site");
        schemaChanges(null);
        dumps.bringBack(dump.file());
        databaseBack = () -> DatabaseLoad.on(run.first(), environment).undo();
        run.first().record(site.append(Journal.migration(id, Who.am(), "undone", true, List.of(), null)));
    }

    /** The migration has changed nothing after all. */
    void schemaIsAsBefore() {
        schemaChanged = false;
        installations.values().forEach(Installation::armAgain);
    }

    private Failure goBack(Failure failure) {
        var changed = new ArrayList<>(new TreeMap<>(installations).values().stream().filter(Installation::changed).toList());
        if (changed.isEmpty()) {
            return failure;
        }
        if (schemaChanged && !databaseReturns()) {
            changed.forEach(this::giveUp);
            return failure.as(Exit.STUCK).remedy((failure.remedy() == null ? "" : failure.remedy() + "; ")
                    + "the migration had begun, so the release before was not brought back: mend it and deploy again,"
                    + " or load the dump with db-push and then jbang rollback@dragonfab " + environment.name());
        }
        Collections.reverse(changed);
        var lost = new ArrayList<String>();
        for (var installation : changed) {
            try {
                installation.goBack();
            } catch (Failure again) {
                run.report().failure("rollback", again);
                lost.add(installation.place());
            }
        }
        var places = String.join(", ", changed.stream().map(Installation::place).toList());
        if (lost.isEmpty()) {
            run.report().note(environment.name(), "as before again: " + places + "; the database "
                    + (databaseIsInside() || databaseBack != null ? "was brought back too" : "was not touched")
                    + (foreign.isEmpty() ? "" : "; not undone: " + String.join(", ", foreign)));
        }
        if (lost.isEmpty()) {
            // What was half done, as a migration, is undone.
            return failure.exit() == Exit.STUCK ? failure.as(Exit.FAILED).remedy(null) : failure;
        }
        return failure.as(Exit.STUCK).remedy("look at " + String.join(", ", lost)
                + " with jbang status@dragonfab " + environment.name() + ": it goes on trying to go back by itself");
    }

    /** A target that cannot be told does the same by itself. */
    private void giveUp(Installation installation) {
        try {
            installation.giveUp();
        } catch (Failure again) {
            run.report().failure("rollback", again);
        }
    }

    /** Nothing that somebody wrote is lost by it. */
    private boolean databaseReturns() {
        if (databaseBack == null) {
            return false;
        }
        try {
            databaseBack.run();
            run.first().record(site.append(Journal.migration(id, Who.am(), "undone", true, List.of(), null)));
            schemaIsAsBefore();
            return true;
        } catch (Failure again) {
            run.report().failure("db-push", again);
            return false;
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
        AtOnce.all(List.copyOf(changes.values()), change -> {
            change.close();
            return change;
        }, failure -> { });
    }
}
