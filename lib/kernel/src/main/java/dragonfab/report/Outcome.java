package dragonfab.report;

/** How a step ended. */
public enum Outcome {
    CHANGED, UNCHANGED, PLANNED, FAILED;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
