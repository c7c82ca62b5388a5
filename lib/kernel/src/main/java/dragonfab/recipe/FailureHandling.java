package dragonfab.recipe;

import dragonfab.config.Target;
import dragonfab.target.Remote;
import java.util.List;
import java.util.function.Function;

/** What becomes of a run when one of its targets cannot be reached. */
public interface FailureHandling {
    /** A failure of one is a failure of all. */
    FailureHandling STRICT = new FailureHandling() {
    };

    /** Whether all targets are tried before anything is done, for who takes part is known only then. */
    default boolean triesAllFirst() {
        return false;
    }

    /** The targets that can be reached, in their order. */
    default List<Remote> reached(Run run, List<Target> wanted, Function<Target, Remote> way) {
        return run.all(wanted, way);
    }
}
