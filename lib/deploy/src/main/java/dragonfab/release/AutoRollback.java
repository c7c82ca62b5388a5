package dragonfab.release;

import dragonfab.shell.Command;

/** How a target comes back from what one run does to it: armed before the first change, and confirmed or taken last. */
interface AutoRollback {

    /** The journal is to say that of what it would come back from. */
    default void begun(String intent) {
    }

    /** From now on coming back could do harm: the target stays as it is. */
    void disable();

    /** The same, but nothing is left to do: the target judges by that whether the change is well. */
    default void disableJudged(Command judge) {
    }

    /** After all it could not. */
    void enable();

    /** Whoever changes the target is not gone, though it is at others. */
    void extend();

    /** The change stays, and the journal gets the line. */
    void confirm(String line);

    void execute(String title);

    /** Nothing is taken back; the journal says so. */
    void abandon();
}
