package dragonfab;

import dragonfab.ops.LockInfo;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.ReleaseOutcome;
import dragonfab.ops.Site;
import dragonfab.ops.WayBack;
import dragonfab.shell.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one run does to one target: under the lock, with a way back from the first change on, until it is confirmed or
 * taken back.
 *
 * <p>All of it is kept on the target, so it ends well there when we are gone.
 */
final class SiteChange implements Retreat, AutoCloseable {
    /** Whoever looks at a lock has it for a moment. */
    private static final Duration RELOCK = Duration.ofSeconds(5);

    private final Remote remote;
    private final Site site;
    private final LockInfo info;
    private final List<Command> questions;
    /** Empty on a machine that only holds the target. */
    private final Optional<ReleaseKind> kind;
    /** Null in a dry run. */
    private SiteLock lock;
    private PackageFacts facts;
    private boolean cutOff;
    private WayBack back;

    private SiteChange(Remote remote, Site site, Optional<ReleaseKind> kind, LockInfo info,
            List<Command> questions) {
        this.kind = kind;
        this.remote = remote;
        this.site = site;
        this.info = info;
        this.questions = questions;
    }

    /**
     * Takes the lock.
     *
     * @param units that should run; none for those of the release
     */
    static SiteChange begin(Remote remote, Site site, ReleaseKind kind, LockInfo info, Duration wait,
            List<String> units) {
        var change = new SiteChange(remote, site, Optional.of(kind), info,
                List.of(kind.facts(site), kind.failing(site, units)));
        change.lock(wait);
        return change.orLetGo(SiteChange::learn);
    }

    /** Takes it on the machine that holds a container, whose own releases are nobody's business here. */
    static SiteChange around(Remote holder, Site site, LockInfo info, Duration wait) {
        var change = new SiteChange(holder, site, Optional.empty(), info, List.of(site.facts()));
        change.lock(wait);
        return change.orLetGo(SiteChange::learn).orLetGo(SiteChange::healWayBack);
    }

    /** Puts right what a run before left. */
    SiteChange healed() {
        return orLetGo(SiteChange::heal);
    }

    private SiteChange orLetGo(Consumer<SiteChange> work) {
        try {
            work.accept(this);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void lock(Duration wait) {
        lock = remote.dry() ? null : SiteLock.take(remote, site, info, wait, questions);
    }

    /** What the target said as soon as the lock was taken, while others are still asked. */
    private void learn() {
        if (lock != null) {
            facts = PackageFacts.of(lock.answers().get(0));
        }
    }

    /** Waits until it is free. */
    void unlock() {
        if (lock != null) {
            lock.close();
        }
    }

    private void heal() {
        healWayBack();
        kind.flatMap(known -> known.repair(site, facts)).ifPresent(repair -> {
            step(repair.title(), repair.command());
            look();
        });
    }

    private void healWayBack() {
        if (facts == null) {
            look();
        }
        cutOff = facts.armed();
        if (cutOff) {
            step("take the way back of a deploy that was cut off", site.goBack());
            look();
        }
    }

    /** Whether the way back of a run before had to be taken first. */
    boolean cutOff() {
        return cutOff;
    }

    private void look() {
        facts = PackageFacts.of(remote.read(questions.get(0)).lines().toList());
    }

    Remote remote() {
        return remote;
    }

    Site site() {
        return site;
    }

    String id() {
        return info.id();
    }

    PackageFacts facts() {
        return facts;
    }

    /** Whether all units were seen to run, and nothing was changed on any target since. */
    boolean isStillWell() {
        return lock != null && lock.answers().size() > 1 && lock.answers().get(1).isEmpty() && remote.isUnchanged();
    }

    /** A change that goes on without us once it has begun. */
    void step(String title, Command change) {
        remote.perform(title, change, site.step(id(), title, change));
    }

    /** From now on the target goes back by itself unless this run confirms. */
    void arm(WayBack back) {
        this.back = back;
        armAgain();
    }

    @Override
    public void armAgain() {
        remote.record(site.arm(id(), back));
    }

    @Override
    public void armClosed() {
        armStuck(List.of());
    }

    @Override
    public void armJudged(Command judge) {
        armStuck(List.of(judge));
    }

    private void armStuck(List<Command> commands) {
        remote.record(site.arm(id(), new WayBack(commands, ReleaseOutcome.STUCK, back.patience())));
    }

    @Override
    public void stay() {
        remote.record(site.stay(id()));
    }

    @Override
    public void confirm(String line) {
        remote.record(site.confirm(id(), line));
    }

    @Override
    public void goBack(String title) {
        step(title, site.goBack());
    }

    @Override
    public void giveUp() {
        goBack("leave the release that was begun");
    }

    /** Something that the holder of the lock cannot outlive, as a stop of the target. */
    void unlocked(Runnable work) {
        unlock();
        try {
            work.run();
        } catch (RuntimeException e) {
            try {
                lock(RELOCK);
            } catch (RuntimeException alsoLost) {
                e.addSuppressed(alsoLost);
            }
            throw e;
        }
        lock(RELOCK);
    }

    @Override
    public void close() {
        if (lock != null && remote.isUnchanged()) {
            lock.leave();
        } else {
            unlock();
        }
    }
}
