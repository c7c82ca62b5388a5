package dragonfab.state;

import dragonfab.shell.Command;

/** How a target is asked which release runs: each kind of release has its own way. */
@FunctionalInterface
public interface RunningRelease {
    /** Prints the version that runs whole; nothing where there is none. */
    Command running(TargetState state);
}
