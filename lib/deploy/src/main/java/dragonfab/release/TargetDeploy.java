package dragonfab.release;

import dragonfab.config.Environment;
import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.state.Journal;
import dragonfab.state.MigrationRecord;
import dragonfab.state.Release;
import dragonfab.state.ReleaseId;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    private Optional<String> restored = Optional.empty();
    private boolean wentBackItself;
    private Optional<ReleaseId> left = Optional.empty();
    private Optional<Candidate> brought = Optional.empty();
    private List<String> notPutBack = List.of();
    private boolean begun;
    private String action;

    public TargetDeploy(TargetTransaction transaction, ReleaseKind kind, SnapshotRollback container, Run run,
            DeployOptions options) {
        this.transaction = transaction;
        this.remote = transaction.remote();
        this.run = run;
        this.environment = run.at(remote);
        this.state = transaction.state();
        this.facts = transaction.facts();
        this.rotation = new Rotation(remote, state, transaction.id(), facts.journal().out());
        this.kind = kind;
        this.place = new Place(run, remote, state, facts, options.overwriteDrift);
        this.verification = new ReleaseVerification(run, remote, state, facts, kind);
        this.rollback = new RollbackGuard(transaction, new RollbackPlanner(place, kind, options.allowNoRollback,
                transaction.isUnhealed()), container);
    }

    /** Asks a target what is there. */
    public static TargetFacts facts(Remote remote, ReleaseKind kind, TargetState state) {
        return TargetFacts.of(remote.read(kind.facts(state)).lines().toList());
    }

    /** Those of its units that nobody can look at there, because systemd does not run. */
    public static List<String> unseen(Remote remote, ReleaseKind kind, TargetState state, List<String> units) {
        return kind.unseen(state, units).map(question -> remote.read(question).lines().toList()).orElse(List.of());
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
        int compared = facts.running().map(now -> order.compare(now, release.version())).orElse(-1);
        return compared < 0 || compared == 0 && facts.ranBefore(release.id());
    }

    /** Brings it there, and makes sure that a rollback is possible, unless it runs already. */
    public void prepare(ReleaseSource source) {
        prepare("deploy", source.candidate(place));
    }

    private void prepare(String action, Candidate coming) {
        coming.bring();
        verification.coming(coming);
        // What a failed rollback left is only known to be well when it was made to run anew.
        if (coming.runs() && !transaction.isUnhealed()) {
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

    /** Whether the rollback of a deploy before has failed, and nobody has gone forward or back since. */
    public boolean isUnhealed() {
        return transaction.isUnhealed();
    }

    public Failure unhealedFailure() {
        return transaction.unhealedFailure();
    }

    /** Whether the target went back by itself when it should have been confirmed. */
    public boolean wentBackItself() {
        return wentBackItself;
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

    private Optional<Release> found(String name) {
        if (name == null) {
            return facts.journal().previous(facts.runningRelease().map(Release::id));
        }
        var meant = facts.journal().meant(name);
        if (meant.size() > 1) {
            var other = meant.stream().filter(each -> !facts.runs(each.id())).reduce((older, newer) -> newer);
            throw Failure.usage(remote.name(), name + " could be " + meant.size() + " releases")
                    .of(null, meant.stream().map(each -> each.version() + " " + each.id().shortChecksum() + " "
                            + remote.time(each.at())).toList())
                    .remedy(Remedy.script("rollback", environment.name(),
                            other.orElse(meant.get(0)).id().shortChecksum()));
        }
        return meant.stream().findFirst();
    }

    /**
     * The release that a rollback would install; a failure says why there is none.
     *
     * @param name its version or the start of its checksum; null for the one before
     */
    public Release rollbackTarget(String name) {
        var release = found(name).orElseThrow(() -> Failure.refused(remote.name(), name == null
                ? "there is no earlier release to go back to" : "there has been no good release " + name)
                .remedy(Remedy.script("releases", environment.name())));
        kind.requireKept(place, release);
        if (!kind.kept(place, release).runs()) {
            rollback.verify();
        }
        return release;
    }

    /** The versions that went well and are kept there, the newest first. */
    public List<String> kept() {
        var good = facts.journal().releases().stream().filter(Release::isGood)
                .filter(release -> facts.keeps(release.id())).map(Release::version)
                .distinct().collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(good);
        return good;
    }

    /** Makes ready to make that one run again, unless it runs already. */
    public void prepare(Release target) {
        // Forward again is no verdict on the release before.
        left = isBefore(target) ? Optional.empty() : facts.runningRelease().map(Release::id);
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
        return release == null ? restored.or(facts::running) : Optional.of(release.version());
    }

    private void begin(Candidate coming) {
        ready();
        release = new Release(transaction.id(), Instant.now(), action, coming.id(), CurrentUser.am(),
                ReleaseOutcome.IN_PROGRESS);
        var intent = Journal.intent(release, facts);
        rollback.begun(intent);
        remote.record(state.intent(transaction.id(), intent));
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
            try {
                rollback.confirm(Journal.outcome(transaction.id(), ReleaseOutcome.DEPLOYED, left));
            } catch (RolledBackItself itself) {
                wentBackItself = true;
                throw itself;
            }
            if (release != null) {
                accept();
                new ReleasePruner(place, kind).after(release, left);
            }
        }
    }

    private void accept() {
        try {
            kind.accept(place, release).ifPresent(remote::record);
        } catch (Failure failure) {
            remote.warn("files that the deploy itself has changed may be taken for edits: " + failure.getMessage());
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
        restored = rollback.destination();
        rollback.execute(restored.map(version -> "go back to " + state.name() + " " + version)
                .orElse("leave the site as it was"));
        notPutBack = rollback.notPutBack();
        notPutBack.forEach(line -> remote.warn("not as before: " + line));
        release = null;
        if (restored.isPresent()) {
            verifyAlone();
        }
        rollback.disarmed();
    }
}
