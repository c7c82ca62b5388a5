package dragonfab.release;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.state.LockOwner;
import dragonfab.state.LockStatus;
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
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Remote remote;
    private final TargetState state;
    private final LockOwner info;
    private final List<Command> questions;
    /** Empty on a machine that only holds the target. */
    private final Optional<ReleaseKind> kind;
    /** Null in a dry run. */
    private TargetLock lock;
    private TargetFacts facts;
    private boolean cutOff;
    /** Whether the rollback of a run before is armed still, for it failed. */
    private boolean unhealed;
    private RollbackPlan plan;

    private TargetTransaction(Remote remote, TargetState state, Optional<ReleaseKind> kind, LockOwner info,
            List<Command> questions) {
        this.kind = kind;
        this.remote = remote;
        this.state = state;
        this.info = info;
        this.questions = questions;
    }

    /**
     * Takes the lock.
     *
     * @param units that should run; none for those of the release
     */
    public static TargetTransaction begin(Remote remote, TargetState state, ReleaseKind kind, LockOwner info,
            Duration wait, List<String> units) {
        var transaction = new TargetTransaction(remote, state, Optional.of(kind), info,
                List.of(kind.facts(state), kind.failing(state, units)));
        transaction.lock(wait);
        return transaction.orClose(TargetTransaction::readAnswers);
    }

    /** On the machine that holds a container, whose own releases are nobody's business here. */
    static TargetTransaction onHolder(Remote holder, TargetState state, LockOwner info, Duration wait) {
        var transaction = new TargetTransaction(holder, state, Optional.empty(), info, List.of(state.facts()));
        transaction.lock(wait);
        return transaction.orClose(TargetTransaction::readAnswers);
    }

    /** Puts right what a run before left. A rollback that fails is told, and keeps nobody from going on. */
    public TargetTransaction healed() {
        return orClose(TargetTransaction::heal);
    }

    /** Gives up the rollback that a run before left, without another try. */
    public TargetTransaction withoutRollback() {
        return orClose(TargetTransaction::abandonRollback);
    }

    private void abandonRollback() {
        if (facts == null) {
            readFacts();
        }
        if (facts.armed()) {
            remote.run("give up the rollback that is left", state.abandon(id()));
        }
    }

    private TargetTransaction orClose(Consumer<TargetTransaction> work) {
        try {
            work.accept(this);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void lock(Duration wait) {
        lock = remote.dry() ? null : TargetLock.take(remote, state, info, wait, questions);
    }

    /** What the target said as soon as the lock was taken, while others are still asked. */
    private void readAnswers() {
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
        healRollback();
        kind.flatMap(known -> known.repair(state, facts)).ifPresent(repair -> {
            step(repair.title(), repair.command());
            readFacts();
        });
    }

    private void healRollback() {
        if (facts == null) {
            readFacts();
        }
        cutOff = facts.armed();
        if (!cutOff) {
            return;
        }
        var run = facts.armedBy();
        try {
            rollbackStep("roll back a deploy that was cut off", state.heal());
            readFacts();
        } catch (Failure failure) {
            readFacts();
            unhealed = facts.armed();
        }
        if (unhealed) {
            remote.warn("the rollback of a deploy before failed, and what runs stays: " + reason());
        } else if (run.filter(facts.journal()::wasGivenUp).isPresent()) {
            remote.warn("what runs was installed by hand since a deploy was cut off: it stays");
        }
        facts.notAsBefore().forEach(line -> remote.warn("not as before: " + line));
    }

    private String reason() {
        return facts.rollbackFailure().orElse("it was cut off");
    }

    /** Whether a rollback that failed waits still for somebody to go back, or forward. */
    boolean isUnhealed() {
        return unhealed;
    }

    /** Why it waits. */
    Failure unhealedFailure() {
        return Failure.stuck(remote.name(), "the rollback of a deploy before failed: " + reason())
                .of(null, facts.rollbackFailed());
    }

    /** Whether the rollback of a run before had to be executed first. */
    boolean cutOff() {
        return cutOff;
    }

    private void rollbackStep(String title, Command rollback) {
        remote.perform(title, rollback, state.rollbackStep(id(), title, rollback, remote.limit()));
    }

    private void readFacts() {
        facts = TargetFacts.of(remote.read(questions.get(0)).lines().toList());
    }

    Remote remote() {
        return remote;
    }

    TargetState state() {
        return state;
    }

    String id() {
        return info.id();
    }

    TargetFacts facts() {
        return facts;
    }

    /** Whether all units were seen to run, and nothing was changed on any target since. */
    boolean isStillHealthy() {
        return lock != null && lock.answers().size() > 1 && lock.answers().get(1).isEmpty() && remote.isUnchanged();
    }

    /** A change that goes on without us once it has begun. */
    void step(String title, Command change) {
        remote.perform(title, change, state.step(id(), title, change, remote.limit()));
    }

    /** From now on the target goes back by itself unless this run confirms. */
    void arm(RollbackPlan plan) {
        this.plan = plan;
        try {
            enable();
        } catch (Failure failure) {
            throw isAsBefore() ? new RolledBackItself(remote.name()) : failure;
        }
    }

    @Override
    public void enable() {
        remote.record(state.arm(id(), plan));
    }

    @Override
    public void disable() {
        armNeedsAttention(List.of());
    }

    @Override
    public void disableJudged(Command judge) {
        armNeedsAttention(List.of(judge));
    }

    private void armNeedsAttention(List<Command> commands) {
        remote.record(state.arm(id(), new RollbackPlan(commands, ReleaseOutcome.NEEDS_ATTENTION, plan.patience(),
                plan.watch())));
    }

    @Override
    public void extend() {
        remote.record(state.extend(id()));
    }

    @Override
    public void confirm(String line) {
        try {
            remote.record(state.confirm(id(), line));
        } catch (Failure failure) {
            if (!isAsBefore()) {
                throw failure;
            }
            throw new RolledBackItself(remote.name());
        }
        unhealed = false;
    }

    @Override
    public void execute(String title) {
        try {
            rollbackStep(title, state.rollBack());
        } catch (Failure failure) {
            if (!isAsBefore()) {
                throw failure;
            }
            remote.note("it had gone back by itself, for this machine was not heard of");
        }
        unhealed = false;
    }

    /**
     * Whether the target needs nothing more of us, who lost its lock: it went back by itself, or nothing was begun there.
     */
    private boolean isAsBefore() {
        try {
            var end = System.nanoTime() + remote.limit().toNanos();
            while (System.nanoTime() < end && !isOurs()) {
                readFacts();
                var outcome = facts.journal().outcome(id());
                if (outcome.isPresent() && outcome.get() != ReleaseOutcome.IN_PROGRESS) {
                    return outcome.get() == plan.outcome();
                }
                boolean armed = facts.armedBy().equals(Optional.of(id()));
                if (!armed || !facts.rollbackFailed().isEmpty()) {
                    return !armed && outcome.isEmpty();
                }
                Thread.sleep(LOOK_AGAIN.toMillis());
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Failure unreachable) {
            return false;
        }
    }

    private boolean isOurs() {
        return new LockStatus(remote.ask(state.lockFacts()).lines()).isHeldBy(id());
    }

    /** What the rollback that was executed could not put back. */
    List<String> notPutBack() {
        return remote.dry() ? List.of() : remote.ask(state.notPutBack()).lines();
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
            lock.letGo();
        } else {
            unlock();
        }
    }
}
