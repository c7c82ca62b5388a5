package dragonfab.release;

import dragonfab.shell.Command;
import dragonfab.state.LockOwner;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.RollbackPlan;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lock, journal and armed rollback of one deploy on one target.
 *
 * <p>All of it is kept on the target, so it ends well there when we are gone.
 */
public final class TargetTransaction implements AutoRollback, AutoCloseable {
    /** Whoever looks at a lock has it for a moment. */
    private static final Duration RELOCK = Duration.ofSeconds(5);

    private final Remote remote;
    private final TargetState site;
    private final LockOwner info;
    private final List<Command> questions;
    /** Empty on a machine that only holds the target. */
    private final Optional<ReleaseKind> kind;
    /** Null in a dry run. */
    private TargetLock lock;
    private TargetFacts facts;
    private boolean cutOff;
    private RollbackPlan back;

    private TargetTransaction(Remote remote, TargetState site, Optional<ReleaseKind> kind, LockOwner info,
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
    public static TargetTransaction begin(Remote remote, TargetState site, ReleaseKind kind, LockOwner info,
            Duration wait, List<String> units) {
        var change = new TargetTransaction(remote, site, Optional.of(kind), info,
                List.of(kind.facts(site), kind.failing(site, units)));
        change.lock(wait);
        return change.orLetGo(TargetTransaction::learn);
    }

    /** On the machine that holds a container, whose own releases are nobody's business here. */
    static TargetTransaction around(Remote holder, TargetState site, LockOwner info, Duration wait) {
        var change = new TargetTransaction(holder, site, Optional.empty(), info, List.of(site.facts()));
        change.lock(wait);
        return change.orLetGo(TargetTransaction::learn).orLetGo(TargetTransaction::healWayBack);
    }

    /** Puts right what a run before left. */
    public TargetTransaction healed() {
        return orLetGo(TargetTransaction::heal);
    }

    private TargetTransaction orLetGo(Consumer<TargetTransaction> work) {
        try {
            work.accept(this);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void lock(Duration wait) {
        lock = remote.dry() ? null : TargetLock.take(remote, site, info, wait, questions);
    }

    /** What the target said as soon as the lock was taken, while others are still asked. */
    private void learn() {
        if (lock != null) {
            facts = TargetFacts.of(lock.answers().get(0));
        }
    }

    /** Waits until it is free. */
    public void unlock() {
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
            step("take the way back of a deploy that was cut off", site.rollBack());
            look();
        }
    }

    /** Whether the way back of a run before had to be taken first. */
    boolean cutOff() {
        return cutOff;
    }

    private void look() {
        facts = TargetFacts.of(remote.read(questions.get(0)).lines().toList());
    }

    Remote remote() {
        return remote;
    }

    TargetState site() {
        return site;
    }

    String id() {
        return info.id();
    }

    TargetFacts facts() {
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
    void arm(RollbackPlan back) {
        this.back = back;
        enable();
    }

    @Override
    public void enable() {
        remote.record(site.arm(id(), back));
    }

    @Override
    public void disable() {
        armStuck(List.of());
    }

    @Override
    public void disableJudged(Command judge) {
        armStuck(List.of(judge));
    }

    private void armStuck(List<Command> commands) {
        remote.record(site.arm(id(), new RollbackPlan(commands, ReleaseOutcome.STUCK, back.patience())));
    }

    @Override
    public void extend() {
        remote.record(site.extend(id()));
    }

    @Override
    public void confirm(String line) {
        remote.record(site.confirm(id(), line));
    }

    @Override
    public void execute(String title) {
        step(title, site.rollBack());
    }

    @Override
    public void abandon() {
        execute("leave the release that was begun");
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
