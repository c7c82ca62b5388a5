package dragonfab.state;

import java.util.Arrays;
import java.util.List;

/** How a deploy ended, as the journal has it. */
public enum ReleaseOutcome {
    DEPLOYED("deployed", "done"),
    FAILED("failed"),
    ROLLED_BACK("rolled back"),
    /** It went well, and a rollback went away from it. */
    REVERTED("reverted"),
    /** Nothing was rolled back, and only a person can say whether the site is healthy. */
    NEEDS_ATTENTION("needs attention", "stuck"),
    /** It runs, or was cut off. */
    IN_PROGRESS("in progress"),
    /** A word of a later version of ours, which is nothing to rely on. */
    UNKNOWN("unknown");

    /** The first is written; the others are read, for installations of before wrote them. */
    private final List<String> words;

    ReleaseOutcome(String... words) {
        this.words = List.of(words);
    }

    static ReleaseOutcome of(String text) {
        return Arrays.stream(values()).filter(outcome -> outcome.words.contains(text)).findFirst().orElse(UNKNOWN);
    }

    /** As it stands in the journal. */
    public String text() {
        return words.get(0);
    }

    /** Whether what it brought was taken away again, and what was there before came back. */
    boolean wentBack() {
        return this == ROLLED_BACK;
    }

    /** Whether it is a release to come back to, now or before a rollback went away from it. */
    boolean wentWell() {
        return this == DEPLOYED || this == REVERTED;
    }
}
