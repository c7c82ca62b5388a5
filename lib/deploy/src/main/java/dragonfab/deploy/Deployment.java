package dragonfab.deploy;

import dragonfab.config.Environment;
import dragonfab.config.SequenceStep;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.recipe.Transaction;
import dragonfab.release.DeployOptions;
import dragonfab.release.ReleaseKind;
import dragonfab.release.ReleaseSource;
import dragonfab.release.SnapshotRollback;
import dragonfab.release.TargetDeploy;
import dragonfab.release.TargetTransaction;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.LongList;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.state.Journal;
import dragonfab.state.LockOwner;
import dragonfab.state.Release;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A deploy as a transaction: on all targets together it is confirmed, or taken back.
 *
 * <p>Scripts of one sequence share one. What is not confirmed goes back by itself, also when we are gone.
 */
public final class Deployment implements Transaction, AutoCloseable {
    private final Run run;
    private final Environment environment;
    private final TargetState state;
    private final ReleaseKind kind;
    private final DeployOptions options;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, TargetDeploy> deploys = new ConcurrentHashMap<>();
    private final List<String> foreign = new ArrayList<>();
    /** Null where packages go back. */
    private SnapshotRollback container;
    private final SiteClosing site;
    private final LockOwner owner;
    private final LockSet locks;
    private final FailureTolerance tolerance;
    private final RollingUpdate rolling;
    private final DatabaseRollback database;
    private final UnaryOperator<TargetTransaction> heal;

    private Deployment(Run run, DeployOptions options, String what) {
        this(run, options, what, TargetTransaction::healed);
    }

    private Deployment(Run run, DeployOptions options, String what, UnaryOperator<TargetTransaction> heal) {
        this.heal = heal;
        this.run = run;
        this.environment = run.environment();
        this.state = new TargetState(environment.application(what));
        this.kind = ReleaseKinds.of(environment);
        this.options = options;
        this.owner = new LockOwner(id, CurrentUser.am(), Instant.now(), what + " " + environment.name());
        this.tolerance = FailureTolerance.of(run);
        this.locks = new LockSet(run, tolerance, state, kind, owner, heal);
        this.site = new SiteClosing(environment, run.report());
        this.rolling = new RollingUpdate(this, run, tolerance);
        this.database = new DatabaseRollback(this, tolerance, run, state, kind);
    }

    /** Does the work as part of the one that goes on already, or of a new one, which ends with it. */
    public static void within(Run run, DeployOptions options, String what, Consumer<Deployment> work) {
        if (run.transaction() instanceof Deployment outer) {
            work.accept(outer);
            return;
        }
        try (var deployment = new Deployment(run, options, what)) {
            deployment.begin();
            run.within(deployment, () -> deployment.perform(work));
        }
    }

    /** Does the work while nobody else changes the site, on targets that are healed first; nothing rolls it back. */
    public static void alone(Run run, String what, Runnable work) {
        if (run.transaction() != Transaction.NONE || run.environment().application().isEmpty()) {
            work.run();
            return;
        }
        try (var deployment = new Deployment(run, new DeployOptions(), what)) {
            deployment.begin();
            work.run();
        }
    }

    /** Gives up the rollbacks that deploys before left, on all targets: what runs there stays. */
    public static void abandonRollbacks(Run run, DeployOptions options, String what) {
        try (var deployment = new Deployment(run, options, what, TargetTransaction::withoutRollback)) {
            deployment.begin();
        }
    }

    private void begin() {
        var wait = Duration.ofSeconds(options.lockWait);
        if (SnapshotRollback.wantedBy(environment)) {
            container = SnapshotRollback.begin(run, owner, wait, heal);
        }
        locks.takeAll(wait);
        // Targets that were left out meanwhile are not among these.
        run.allTargets().reached().forEach(remote -> deploys.put(remote.name(),
                new TargetDeploy(locks.on(remote), kind, container, run, options)));
    }

    private void perform(Consumer<Deployment> work) {
        try {
            work.accept(this);
            database.nothingLeft();
            rolling.verify();
            rolling.bringIn();
        } catch (Failure failure) {
            throw unhealed(rollBack(failure));
        }
        confirm();
        rolling.requireAll();
    }

    /** Before the first target changes: the release is brought to all of them, and all could go back. */
    public void prepare(ReleaseSource source) {
        source.begin(run.targets().size());
        try {
            rolling.prepare(deploy -> deploy.prepare(source));
        } finally {
            source.end();
        }
    }

    /** Before the first target changes: all of them keep that one release, and could be rolled back from it. */
    public void prepare(Map<String, Release> kept) {
        requireOneRelease(kept);
        rolling.prepare(deploy -> deploy.prepare(kept.get(deploy.name())));
    }

    private void requireOneRelease(Map<String, Release> kept) {
        var first = kept.values().stream().findFirst();
        if (first.isEmpty() || kept.values().stream()
                .allMatch(each -> kind.isOneRelease(each.id(), first.get().id()))) {
            return;
        }
        var choices = new TreeMap<>(kept).entrySet().stream().map(each -> each.getKey() + ": would go to "
                + each.getValue().version() + ", keeps " + LongList.of(deploys.get(each.getKey()).kept()))
                .toList();
        throw Failure.refused(environment.name(), "the hosts would go back to different releases:"
                + " name one that all of them keep").listing(choices)
                .remedy(Remedy.script("releases", environment.name()));
    }

    /** Makes what was brought run, batch by batch. */
    public void roll() {
        rolling.roll();
    }

    @Override
    public Optional<String> brought(Remote remote) {
        return on(remote).folder();
    }

    public TargetDeploy on(Remote remote) {
        return deploys.get(remote.name());
    }

    Collection<TargetDeploy> deploys() {
        return deploys.values();
    }

    String id() {
        return id;
    }

    public DatabaseRollback database() {
        return database;
    }

    @Override
    public void ready() {
        run.allTargets().each(remote -> on(remote).rollback().verify());
        run.allTargets().each(remote -> on(remote).ready());
    }

    @Override
    public void step(Remote remote, String title, Command change) {
        on(remote).step(title, change);
    }

    @Override
    public Optional<String> whenCutOff() {
        var changed = new TreeMap<>(deploys).values().stream().filter(TargetDeploy::changed).map(TargetDeploy::name)
                .toList();
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(String.join(", ", changed) + (database.schemaChanged()
                ? ": its migration had begun, so it does not simply go back; status says what runs"
                : changed.size() == 1 ? " goes back to what ran before by itself, unless it was confirmed already"
                : " go back to what ran before by themselves, unless they were confirmed already"));
    }

    /** When it is closed for this deploy. */
    public SiteClosing site() {
        return site;
    }

    @Override
    public void closeSite(Runnable closing) {
        site.close(closing);
    }

    @Override
    public void beforeVisibleChange() {
        site.beforeVisibleChange();
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
    public void foreign(SequenceStep step) {
        ready();
        if (container == null || !(step instanceof SequenceStep.OnTargets)) {
            foreign.add(step.shown());
        }
    }

    /** A person may still be needed when a host is lost between the first confirmation and the last. */
    private void confirm() {
        try {
            run.each(remote -> on(remote).confirm());
        } catch (Failure failure) {
            if (deploys.values().stream().filter(TargetDeploy::changed).allMatch(TargetDeploy::wentBackItself)) {
                throw failure;
            }
            throw failure.as(Exit.NEEDS_ATTENTION).remedy(Remedy.script("status", environment.name())
                    .then(Remedy.advice("hosts that it did not reach " + (database.schemaChanged()
                            ? "judge by themselves whether they are healthy" : "go back by themselves"))));
        }
    }

    /** Writes down that one target has done a step for all, so that nobody does it again for the same release. */
    public void doneOnce(SequenceStep step) {
        run.each(remote -> remote.record(state.append(Journal.once(id, step.shown()))));
    }

    /** Where the rollback of a deploy before has failed, that is what a person has to know. */
    public void requireHealed() {
        var waiting = unhealed();
        if (!waiting.isEmpty()) {
            var failure = waiting.size() == 1 ? waiting.get(0) : Failure.stuck(environment.name(),
                    "the rollback of a deploy before failed on " + waiting.size() + " targets").of(null,
                            waiting.stream().map(each -> each.place() + ": " + each.getMessage()).toList());
            throw failure.remedy(Remedy.advice("deploy a good release")
                    .or(Remedy.script("rollback", environment.name()))
                    .or(Remedy.script("heal", environment.name(), "--abandon")));
        }
    }

    private List<Failure> unhealed() {
        return Stream.concat(Stream.ofNullable(container).filter(SnapshotRollback::isUnhealed)
                .map(SnapshotRollback::unhealedFailure),
                new TreeMap<>(deploys).values().stream().filter(TargetDeploy::isUnhealed)
                        .map(TargetDeploy::unhealedFailure))
                .toList();
    }

    /** No failure is a harmless one as long as a target is not as it was. */
    private Failure unhealed(Failure failure) {
        return unhealed().isEmpty() || failure.exit() == Exit.USAGE ? failure : failure.as(Exit.NEEDS_ATTENTION);
    }

    /** Whether the database comes back with the container, by whatever it was changed. */
    boolean databaseIsInContainer() {
        return container != null && SnapshotRollback.holdsDatabase(environment);
    }

    private Failure rollBack(Failure failure) {
        var changed = new TreeMap<>(deploys).values().stream().filter(TargetDeploy::touched).toList();
        if (changed.isEmpty()) {
            return failure;
        }
        if (database.schemaChanged() && !database.rollBack()) {
            changed.forEach(this::abandon);
            return failure.as(Exit.NEEDS_ATTENTION).remedy(after(failure, database.wayOut()));
        }
        var lost = rolling.rollBack(changed);
        if (!lost.isEmpty()) {
            return failure.as(Exit.NEEDS_ATTENTION).remedy(Remedy.script("status", environment.name())
                    .then(Remedy.advice("it says why " + String.join(", ", lost)
                            + " did not go back; a deploy of a good release goes on from there")));
        }
        var outOfService = rolling.outOfService();
        if (outOfService.isPresent()) {
            return failure.as(Exit.NEEDS_ATTENTION).remedy(outOfService.get());
        }
        var notPutBack = changed.stream().filter(deploy -> !deploy.notPutBack().isEmpty()).map(TargetDeploy::name)
                .toList();
        if (!notPutBack.isEmpty()) {
            return failure.as(Exit.NEEDS_ATTENTION).remedy("put the rest back by hand on "
                    + String.join(", ", notPutBack) + ", as the lines above name it; the release before runs there");
        }
        run.report().note(environment.name(), "as before again: " + String.join(", ", changed.stream()
                .map(TargetDeploy::name).toList()) + "; the database "
                + (database.comesBack() ? "was brought back too" : "was not touched")
                + (foreign.isEmpty() ? "" : "; not undone: " + String.join(", ", foreign)));
        // What was half done, as a migration, is undone.
        return failure.exit() == Exit.NEEDS_ATTENTION ? failure.as(Exit.FAILED).remedy((Remedy) null) : failure;
    }

    /** A target that cannot be reached does the same by itself. */
    private void abandon(TargetDeploy deploy) {
        try {
            deploy.rollback().abandon();
        } catch (Failure again) {
            run.report().failure("rollback", again);
        }
    }

    /** Lets go of all locks. */
    @Override
    public void close() {
        locks.close();
        if (container != null) {
            container.close();
        }
    }

    /** What the failure itself would have, and then the rest. */
    private static Remedy after(Failure failure, Remedy rest) {
        return failure.remedy() == null ? rest : failure.remedy().then(rest);
    }
}
