package dragonfab;

import dragonfab.ops.LockInfo;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Site;
import dragonfab.ops.WayBack;
import dragonfab.shell.Command;
import java.time.Duration;
import java.util.List;
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
    /** Null in a dry run. */
    private SiteLock lock;
    private PackageFacts facts;
    private boolean cutOff;
    private WayBack back;

    private SiteChange(Remote remote, Site site, LockInfo info, Duration wait) {
        this.remote = remote;
        this.site = site;
        this.info = info;
        lock(wait);
    }

    /** Takes the lock, and puts right what a run before left. */
    static SiteChange begin(Remote remote, Site site, LockInfo info, Duration wait) {
        return healed(new SiteChange(remote, site, info, wait), SiteChange::heal);
    }

    /** The same on the machine that holds a container, whose own packages are nobody's business here. */
    static SiteChange around(Remote holder, Site site, LockInfo info, Duration wait) {
        return healed(new SiteChange(holder, site, info, wait), SiteChange::healWayBack);
    }

    private static SiteChange healed(SiteChange change, Consumer<SiteChange> heal) {
        try {
            heal.accept(change);
            return change;
        } catch (RuntimeException e) {
            change.close();
            throw e;
        }
    }

    private void lock(Duration wait) {
        lock = remote.dry() ? null : SiteLock.take(remote, site, info, wait);
    }

    private void heal() {
        healWayBack();
        if (facts.unfinished()) {
            step("finish what dpkg was interrupted at", site.repair());
            look();
        }
    }

    private void healWayBack() {
        look();
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
        facts = PackageFacts.of(remote.read(site.facts()).lines().toList());
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
        remote.record(site.arm(id(), new WayBack(List.of(), WayBack.STUCK, back.patience())));
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
        close();
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
        if (lock != null) {
            lock.close();
        }
    }
}
