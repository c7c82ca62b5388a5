package dragonfab.recipe;

import dragonfab.shell.Command;
import dragonfab.target.Remote;
import java.nio.file.Path;
import java.util.Optional;

/** The transaction that a step of a run is part of, and what a step tells it; a step alone is part of none. */
public interface Transaction {
    /** Nothing is taken back, so nothing has to be known. */
    Transaction NONE = new Transaction() {
    };

    /** Before a step changes a target: the rollback of each is verified and armed. */
    default void ready() {
    }

    /** A change of a target that goes on to its end without us, where something watches over that. */
    default void step(Remote remote, String title, Command change) {
        remote.run(title, change);
    }

    /**
     * The folder of a release that was brought to a target and does not run yet; empty where what runs is all there is.
     */
    default Optional<String> brought(Remote remote) {
        return Optional.empty();
    }

    /** What becomes of the targets when this machine is gone from now on; nothing where none of them goes back. */
    default Optional<String> whenCutOff() {
        return Optional.empty();
    }

    /** Before the first change that visitors could notice: what waited for that is done now. */
    default void beforeVisibleChange() {
    }

    /** Shuts visitors out: at once, or as soon as something changes. */
    default void closeSite(Runnable closing) {
        closing.run();
    }

    /** Whether visitors are shut out from now on, so that nothing is written that a dump made later lacks. */
    default void siteIsClosed(boolean closed) {
    }

    /**
     * From now on the release before may no longer find its schema.
     *
     * @param dump of the database before it, or null
     */
    default void schemaChanges(Path dump) {
    }

    /** A change of the schema that was begun has changed nothing after all. */
    default void schemaIsAsBefore() {
    }
}
