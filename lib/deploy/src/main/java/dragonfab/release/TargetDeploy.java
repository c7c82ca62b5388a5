package dragonfab.release;

import dragonfab.config.Environment;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.state.Journal;
import dragonfab.state.MigrationRecord;
import dragonfab.state.Release;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The deploy of one release to one target: brought there, activated, verified, and written down.
 *
 * <p>Before the first change its rollback is verified and armed; the outcome is written when all targets are well.
 */
public final class TargetDeploy {
    private final TargetTransaction transaction;
    private final Remote remote;
    private final Environment environment;
    private final TargetState state;
    private final TargetFacts facts;
    private final Run run;
    private final ReleaseKind kind;
    private final Place place;
    private final RollbackGuard rollback;
    private final Rotation rotation;
    private final ReleaseVerification verification;
    private Release release;
    private Optional<String> left = Optional.empty();
    private Optional<Candidate> brought = Optional.empty();
    private List<String> notPutBack = List.of();
    private boolean begun;
    private String action;

    public TargetDeploy(TargetTransaction transaction, ReleaseKind kind, SnapshotRollback container, Run run,
            boolean allowNoRollback) {
        this.transaction = transaction;
        this.remote = transaction.remote();
        this.run = run;
        this.environment = run.at(remote);
        this.state = transaction.state();
        this.facts = transaction.facts();
        this.rotation = new Rotation(remote, state, transaction.id(), facts.journal().out());
        this.kind = kind;
        this.place = new Place(run, remote, state, facts);
        this.verification = new ReleaseVerification(run, remote, state, kind);
        this.rollback = new RollbackGuard(transaction, new RollbackPlanner(place, kind, allowNoRollback), container);
    }

    /** Asks a target what is there. */
    public static TargetFacts facts(Remote remote, ReleaseKind kind, TargetState state) {
        return TargetFacts.of(remote.read(kind.facts(state)).lines().toList());
    }

    public String name() {
        return remote.name();
    }

    /** A change that goes on to its end without us. */
    public void step(String title, Command command) {
        transaction.step(title, command);
    }

    /** How far the database came with the release that runs. */
    public MigrationRecord migrated() {
        return facts.running().map(facts.journal()::migrated).orElse(MigrationRecord.NONE);
    }

    /** What ran before; empty where there was nothing. */
    public String version() {
        return facts.running().orElse("");
    }

    /** One check, without waiting. */
    public boolean isHealthy() {
        return verification.isHealthy(expected());
    }

    /** Whether what runs is older, so that a rollback to that release leads forward. */
    public boolean isBefore(Release release) {
        var order = kind.order(facts.journal());
        return facts.running().filter(now -> order.compare(now, release.version()) >= 0).isEmpty();
    }

    /** Brings it there, and makes sure that a rollback is possible, unless it runs already. */
    public void prepare(ReleaseSource source) {
        prepare("deploy", source.candidate(place));
    }

    private void prepare(String action, Candidate coming) {
        coming.bring();
        if (coming.runs()) {
            remote.unchanged(coming.title(), "it runs already");
            return;
        }
        rollback.verify();
        this.action = action;
        brought = Optional.of(coming);
        begun = false;
    }

    /** Where a release lies that was brought and does not run yet. */
    public Optional<String> folder() {
        return brought.flatMap(Candidate::folder);
    }

    private void perform(Change step) {
        if (step.detached()) {
            transaction.step(step.title(), step.command());
        } else {
            remote.run(step.title(), step.command());
        }
    }

    /** Whether something was prepared. */
    public boolean hasWork() {
        return brought.isPresent();
    }

    /** Makes what was brought run. */
    public void perform() {
        begin();
        brought.orElseThrow().activate().forEach(this::perform);
        brought = Optional.empty();
    }

    /** The journal has what was brought, so that a migration which runs from it is written down as its own. */
    public void begin() {
        if (brought.isPresent() && !begun) {
            begun = true;
            begin(brought.get());
        }
    }

    /** The release that a rollback would install; a failure says why there is none. */
    public Release rollbackTarget(String version) {
        var journal = facts.journal();
        var found = version == null ? journal.previous(facts.running()) : journal.of(version);
        var release = found.orElseThrow(() -> Failure.refused(remote.name(), version == null
                ? "there is no earlier release to go back to" : "there has been no good release " + version)
                .remedy("jbang releases@dragonfab " + environment.name()));
        kind.requireKept(place, release);
        if (!kind.kept(place, release).runs()) {
            rollback.verify();
        }
        return release;
    }

    /** Makes ready to make that one run again, unless it runs already. */
    public void prepare(Release target) {
        // Forward again is no verdict on the release before.
        left = isBefore(target) ? Optional.empty() : facts.running();
        prepare("rollback", kind.kept(place, target));
    }

    /** The site is well, asked anew where something was changed. */
    public void verify() {
        verify(true);
    }

    /** The site is well on this target, while others may have another release. */
    public void verifyAlone() {
        verify(false);
    }

    /** Its units run, whatever the site answers. */
    public void verifyServices() {
        if (!remote.dry()) {
            verification.services();
        }
    }

    private void verify(boolean alike) {
        if (remote.dry()) {
            return;
        }
        if (changed()) {
            verification.require(expected(), alike);
        } else if (transaction.isStillHealthy()) {
            verification.stillHealthy();
        } else {
            verification.services();
        }
    }

    /** What should run. */
    private Optional<String> expected() {
        return release == null ? facts.running() : Optional.of(release.version());
    }

    private void begin(Candidate coming) {
        ready();
        release = new Release(transaction.id(), Instant.now(), action, coming.id(), CurrentUser.am(),
                ReleaseOutcome.IN_PROGRESS);
        var intent = Journal.intent(release, facts);
        rollback.begun(intent);
        remote.record(state.append(intent));
    }

    public RollbackGuard rollback() {
        return rollback;
    }

    public Rotation rotation() {
        return rotation;
    }

    /** Before the first change: the rollback is verified and armed. */
    public void ready() {
        if (changed()) {
            return;
        }
        rollback.verify();
        verification.before(facts.running());
        rollback.arm();
    }

    public boolean changed() {
        return rollback.isArmed();
    }

    /** Whether another release was begun. */
    public boolean changedRelease() {
        return release != null;
    }

    /** Whether anything has to be undone. */
    public boolean touched() {
        return changed() || rotation.isTakenOutByUs();
    }

    /** Nothing is left to do, and nobody may go back: cut off now, the target says itself whether what runs is well. */
    public void judgeItself() {
        // What a rollback leaves is written down by us alone.
        if (changed() && left.isEmpty()) {
            expected().flatMap(verification::judge).ifPresent(rollback::disableJudged);
        }
    }

    /** It stays, and is what the next one goes back to. */
    public void confirm() {
        if (changed()) {
            rollback.confirm(Journal.outcome(transaction.id(), ReleaseOutcome.DEPLOYED, left));
            if (release != null) {
                new ReleasePruner(place, kind).after(release, left);
            }
        }
    }

    /** What a rollback could not put back, in the target's words. */
    public List<String> notPutBack() {
        return notPutBack;
    }

    /** Afterwards it is as it was before the first change, but for what could not be put back. */
    public void rollBack() {
        if (!changed()) {
            return;
        }
        rollback.execute(facts.running().map(version -> "go back to " + state.name() + " " + version)
                .orElse("leave the site as it was"));
        notPutBack = rollback.notPutBack();
        notPutBack.forEach(line -> remote.warn("not as before: " + line));
        release = null;
        if (facts.running().isPresent()) {
            verifyAlone();
        }
        rollback.disarmed();
    }
}
