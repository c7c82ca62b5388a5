package dragonfab;

import dragonfab.ops.WayBack;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.shell.Command;

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
    private boolean judged;

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
            container.take(change, change.facts().running().isEmpty());
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

    boolean isArmed() {
        return armed != null;
    }

    /** The journal has the intent of what it would come back from. */
    void begun(String intent) {
        armed.begun(intent);
    }

    /** The schema is no longer that of the release before, and the site stays as it is for visitors. */
    void close() {
        if (isArmed()) {
            armed.armClosed();
        }
    }

    /** It stays closed, and where nobody confirms, the target judges by itself whether the change is well. */
    void closeJudged(Command judge) {
        if (isArmed()) {
            judged = true;
            armed.armJudged(judge);
        }
    }

    /** Only a person can say now whether it is well. */
    void takeBackJudgement() {
        if (judged) {
            judged = false;
            close();
        }
    }

    /** It can be taken after all. */
    void open() {
        if (isArmed()) {
            armed.armAgain();
        }
    }

    /** It waits for us, who are at other targets. */
    void stay() {
        armed.stay();
    }

    void confirm(String line) {
        armed.confirm(line);
    }

    void take(String title) {
        armed.goBack(title);
    }

    /** Nothing is taken back; the journal says so. */
    void giveUp() {
        if (isArmed()) {
            takeBackJudgement();
            armed.giveUp();
        }
    }

    /** The target is as it was. */
    void over() {
        armed = null;
    }
}
