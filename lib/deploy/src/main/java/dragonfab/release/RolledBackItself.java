package dragonfab.release;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import java.util.List;

/** A target went back by itself before the change was confirmed, for it did not hear of the machine that made it. */
public final class RolledBackItself extends Failure {
    RolledBackItself(String place) {
        super(Exit.FAILED, place, "rolled back: the target went back by itself, for it did not hear of this machine for"
                + " a minute", null, List.of(), Remedy.again());
    }
}
