package dragonfab.shell;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.List;

/** The way to the target broke, so nothing is known of the command; never used for a command that ended. */
public final class ConnectionLost extends Failure {

    public ConnectionLost(String place, String what) {
        super(Exit.FAILED, place, what, null, List.of(), null);
    }

    private ConnectionLost(Failure from, Remedy remedy) {
        super(from.exit(), from.place(), from.getMessage(), from.command(), from.tail(), remedy);
    }

    /** With this remedy, unless it has one already. */
    public ConnectionLost remedyAtLeast(Remedy remedy) {
        return remedy() == null ? remedy(remedy) : this;
    }

    @Override
    public ConnectionLost remedy(String advice) {
        return remedy(Remedy.advice(advice));
    }

    @Override
    public ConnectionLost remedy(Remedy remedy) {
        return new ConnectionLost(this, remedy);
    }
}
