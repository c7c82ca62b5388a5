package dragonfab.release;

import dragonfab.state.ReleaseId;
import java.util.List;
import java.util.Optional;

/** A release that could run on one target: brought there beside what runs, then made to run. */
public interface Candidate {
    /** What making it run is called, for people. */
    String title();

    ReleaseId id();

    /**
     * Brings it there; nothing that runs is touched.
     *
     * <p>What writes there for long is a step of the run's transaction: it ends by itself, and nobody else begins
     * before that.
     */
    void bring();

    /** Whether it runs already, and just so. */
    boolean runs();

    /** Whether it brings nothing that is started; known once it is brought. */
    default boolean startsNothing() {
        return false;
    }

    /** Where it lies once it is brought, for what has to run from it before it runs itself; empty where it cannot. */
    default Optional<String> folder() {
        return Optional.empty();
    }

    /** The steps that make it run, once it is brought. */
    List<Change> activate();
}
