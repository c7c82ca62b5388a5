package dragonfab.config;

/** Whose configuration files win when a package brings new ones and the target's were edited. */
public enum Conffiles {
    KEEP, NEW
}
