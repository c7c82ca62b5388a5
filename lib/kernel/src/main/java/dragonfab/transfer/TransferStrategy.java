package dragonfab.transfer;

import dragonfab.report.Failure;
import dragonfab.target.Remote;
import dragonfab.target.ReportedStep;

/** A way to bring a file to a target that saves bytes of this machine's line, and may not come about. */
public interface TransferStrategy {

    /**
     * Brings it there.
     *
     * @param step the step that reports it
     * @return what there is to tell of it
     * @throws Failure when it did not come about, and nothing is there of it
     */
    String send(Remote there, ReportedStep step);
}
