package dragonfab.config;

/** How a package comes to the targets: pushed from here, or pulled by them from the apt repository. */
public enum InstallFrom {
    PUSH, REPOSITORY
}
