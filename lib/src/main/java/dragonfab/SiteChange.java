package dragonfab;

import dragonfab.ops.LockInfo;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Site;
import dragonfab.ops.WayBack;
import dragonfab.shell.Command;
import java.time.Duration;

/**
 * What one run does to one target: under the lock, with a way back from the first change on, until it is confirmed or
 * taken back.
 *
 * <p>All of it is kept on the target, so it ends well there when we are gone.
 */
final class SiteChange implements AutoCloseable {
    private final Remote remote;
    private final Site site;
    private final String id;
    /** Null in a dry run. */
    private final SiteLock lock;
    private PackageFacts facts;
    private boolean armed;

    private SiteChange(Remote remote, Site site, String id, SiteLock lock) {
        this.remote = remote;
        this.site = site;
        this.id = id;
        this.lock = lock;
    }

    /** Takes the lock, and puts right what a run before left. */
    static SiteChange begin(Remote remote, Site site, LockInfo info, Duration wait) {
        var change = new SiteChange(remote, site, info.id(),
                remote.dry() ? null : SiteLock.take(remote, site, info, wait));
        try {
            change.heal();
            return change;
        } catch (RuntimeException e) {
            change.close();
            throw e;
        }
    }

    private void heal() {
        look();
        if (facts.armed()) {
            step("take the way back of a deploy that was cut off", site.goBack());
            look();
        }
        if (facts.unfinished()) {
            step("finish what dpkg was interrupted at", site.repair());
            look();
        }
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
        return id;
    }

    PackageFacts facts() {
        return facts;
    }

    /** A change that goes on without us once it has begun. */
    void step(String title, Command change) {
        remote.run(title, change, site.step(id, title, change));
    }

    /** From now on the target goes back by itself unless this run confirms. */
    void arm(WayBack back) {
        remote.record(site.arm(id, back));
        armed = !remote.dry();
    }

    boolean armed() {
        return armed;
    }

    /** The change stays. */
    void confirm(String line) {
        remote.record(site.confirm(id, line));
        armed = false;
    }

    /** Takes it back. */
    void goBack(String title) {
        step(title, site.goBack());
        armed = false;
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
