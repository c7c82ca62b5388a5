package dragonfab.release;

import dragonfab.state.Journal;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;

/** Whether one target is in service; its journal has it before it goes out, and after it came in. */
public final class Rotation {
    private final Remote remote;
    private final TargetState site;
    private final String run;
    private boolean out;
    private boolean wentOut;

    /** @param out whether a run before left it out */
    Rotation(Remote remote, TargetState site, String run, boolean out) {
        this.remote = remote;
        this.site = site;
        this.run = run;
        this.out = out;
    }

    public Remote target() {
        return remote;
    }

    public boolean isOut() {
        return out;
    }

    /** Whether this run took it out. */
    boolean wentOut() {
        return out && wentOut;
    }

    public void goesOut() {
        remote.record(site.append(Journal.service(run, false)));
        out = true;
        wentOut = true;
    }

    public void cameIn() {
        remote.record(site.append(Journal.service(run, true)));
        out = false;
    }
}
