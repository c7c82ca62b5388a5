package dragonfab;

import dragonfab.report.Failure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The same work on many things at once, and how it ended on each; every one of them is in one of the two. */
record Tried<A>(List<A> well, Map<A, Failure> failed) {

    static <A> Tried<A> all(Run run, List<A> items, Consumer<A> work) {
        var failed = new ConcurrentHashMap<A, Failure>();
        run.all(items, item -> {
            try {
                work.accept(item);
            } catch (Failure failure) {
                failed.put(item, failure);
            }
            return item;
        });
        return new Tried<>(items.stream().filter(item -> !failed.containsKey(item)).toList(), failed);
    }
}
