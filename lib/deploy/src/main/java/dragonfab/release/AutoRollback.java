package dragonfab.release;

import dragonfab.shell.Command;

/** The automatic rollback of one target: armed before the first change, and confirmed or run at the end. */
interface AutoRollback {

    /** The journal is to have that intent, also when the rollback brings back a disk from before it. */
    default void begun(String intent) {
    }

    /** From now on a rollback could do harm: the target stays as it is. */
    void disable();

    /** Disables it where nothing is left to do: the target judges by that whether the change is well. */
    default void disableJudged(Command judge) {
    }

    /** A rollback is safe again. */
    void enable();

    /** A heartbeat: this run is not gone, though it is at other targets. */
    void extend();

    /** The change stays, and the journal gets the line. */
    void confirm(String line);

    void execute(String title);

    /** Nothing is taken back; the journal says so. */
    void abandon();
}
