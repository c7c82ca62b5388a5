package dragonfab.config;

/** Where a package is built: a container, this machine, the first target, or whichever fits first. */
public enum BuildPlace {
    CONTAINER, HOST, TARGET, AUTO
}
