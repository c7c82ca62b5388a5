package dragonfab.state;

import java.util.Arrays;

/** How a deploy ended, as the journal has it. */
public enum ReleaseOutcome {
    DONE("done"),
    FAILED("failed"),
    ROLLED_BACK("rolled back"),
    /** It went well, and a rollback went away from it. */
    LEFT("left"),
    /** Nothing was taken back, and only a person can say whether it is well. */
    STUCK("stuck"),
    /** It runs, or was cut off. */
    UNFINISHED("unfinished"),
    /** A word of a later version of ours, which is nothing to rely on. */
    UNKNOWN("unknown");

    private final String text;

    ReleaseOutcome(String text) {
        this.text = text;
    }

    static ReleaseOutcome of(String text) {
        return Arrays.stream(values()).filter(outcome -> outcome.text.equals(text)).findFirst().orElse(UNKNOWN);
    }

    /** As it stands in the journal. */
    public String text() {
        return text;
    }

    /** Whether it is a release to come back to, now or before a rollback went away from it. */
    boolean wentWell() {
        return this == DONE || this == LEFT;
    }
}
