package dragonfab.config;

/** What a deploy that fails goes back to: the package before, or a snapshot of the whole container. */
public enum RollbackMode {
    PACKAGE, SNAPSHOT
}
