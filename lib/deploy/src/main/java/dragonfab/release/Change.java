package dragonfab.release;

import dragonfab.shell.Command;

/** One step of a release on a target. @param detached whether it goes on to its end without us */
public record Change(String title, Command command, boolean detached) {

    public static Change detached(String title, Command command) {
        return new Change(title, command, true);
    }

    /** One that is as good as never begun when we are gone. */
    public static Change attached(String title, Command command) {
        return new Change(title, command, false);
    }
}
