package dragonfab.state;

import java.time.Instant;

/**
 * One deploy as the journal has it.
 *
 * @param run    the deploy that it was part of
 * @param action deploy or rollback
 */
public record Release(String run, Instant at, String action, ReleaseId id, String by, ReleaseOutcome outcome) {

    public String version() {
        return id.version();
    }

    public boolean isGood() {
        return outcome == ReleaseOutcome.DEPLOYED;
    }

    /** No longer good when a rollback went away from it. @param left without artifacts means all of its version */
    Release unless(ReleaseId left) {
        return isGood() && version().equals(left.version())
                && (left.artifacts().isEmpty() || left.isSameAs(id)) ? with(ReleaseOutcome.REVERTED) : this;
    }

    Release with(ReleaseOutcome outcome) {
        return new Release(run, at, action, id, by, outcome);
    }
}
