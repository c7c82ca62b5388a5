package dragonfab;

import dragonfab.ops.WayBack;
import dragonfab.report.Exit;
import dragonfab.report.Failure;

/**
 * The way of one target from what a deploy does to it back to what it was: proven, armed before the first change, then
 * confirmed or taken.
 */
final class WayHome {
    private final SiteChange change;
    private final Ways ways;
    /** Null where the package alone goes back. */
    private final ContainerChange container;
    private WayBack proven;
    /** Null unless it is armed. */
    private Retreat armed;

    WayHome(SiteChange change, Ways ways, ContainerChange container) {
        this.change = change;
        this.ways = ways;
        this.container = container;
    }

    /** It is known to be open; nothing has happened yet. */
    void prove() {
        if (proven == null && container == null) {
            proven = ways.back();
        }
    }

    void arm() {
        if (container == null) {
            forPackage();
        } else {
            forContainer();
        }
    }

    private void forPackage() {
        armed = change;
        change.arm(proven);
    }

    private void forContainer() {
        try {
            container.take(change, change.facts().installed().isEmpty());
            armed = container;
        } catch (Failure failure) {
            if (failure.exit() != Exit.FAILED) {
                throw failure;
            }
            ways.goOnWithout(failure);
            proven = ways.none();
            forPackage();
        }
    }

    /** Null unless it is armed. */
    Retreat armed() {
        return armed;
    }

    /** The target is as it was. */
    void over() {
        armed = null;
    }
}
