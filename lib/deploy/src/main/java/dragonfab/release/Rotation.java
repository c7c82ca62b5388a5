package dragonfab.release;

import dragonfab.state.Journal;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;

/** Whether one target is in service; its journal has it before it goes out, and after it came in. */
public final class Rotation {
    private final Remote remote;
    private final TargetState state;
    private final String run;
    private boolean out;
    private boolean takenOutByUs;

    /** @param out whether a run before left it out */
    Rotation(Remote remote, TargetState state, String run, boolean out) {
        this.remote = remote;
        this.state = state;
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
    boolean isTakenOutByUs() {
        return out && takenOutByUs;
    }

    public void takeOut() {
        remote.record(state.append(Journal.service(run, false)));
        out = true;
        takenOutByUs = true;
    }

    public void putBack() {
        remote.record(state.append(Journal.service(run, true)));
        out = false;
    }
}
