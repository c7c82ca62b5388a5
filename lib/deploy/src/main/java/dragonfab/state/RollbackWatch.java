package dragonfab.state;

import dragonfab.shell.Command;

/**
 * What a target looks at before it goes back by itself.
 *
 * @param fingerprint prints what changes whenever anybody makes a release run, and nothing where none is there
 * @param failing     prints the units that should run and do not
 */
public record RollbackWatch(Command fingerprint, Command failing) {
    /** Of what nobody but we can change, and what may always be tried again. */
    public static final RollbackWatch NONE = new RollbackWatch(Command.of("true"), Command.of("echo", "unknown"));
}
