package dragonfab.recipe;

import dragonfab.report.Failure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** How work on many things at once ended: each of them succeeded or failed. */
public final class ParallelResult<A> {
    private final List<A> succeeded;
    private final Map<A, Failure> failed;

    private ParallelResult(List<A> succeeded, Map<A, Failure> failed) {
        this.succeeded = succeeded;
        this.failed = failed;
    }

    public static <A> ParallelResult<A> all(Run run, List<A> items, Consumer<A> work) {
        var failed = new ConcurrentHashMap<A, Failure>();
        run.all(items, item -> {
            try {
                work.accept(item);
            } catch (Failure failure) {
                failed.put(item, failure);
            }
            return item;
        });
        return new ParallelResult<>(items.stream().filter(item -> !failed.containsKey(item)).toList(), failed);
    }

    public List<A> succeeded() {
        return succeeded;
    }

    public Map<A, Failure> failed() {
        return failed;
    }
}
