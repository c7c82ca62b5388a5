package dragonfab;

import dragonfab.report.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same work on many things at once; when some fail, the others still go to their end. */
final class AtOnce {

    private AtOnce() {
    }

    /**
     * @param most   how many are worked on at the same time
     * @param failed makes one exception of those that there were, one at least
     */
    static <A, B> List<B> all(List<A> items, int most, Function<A, B> work,
            Function<List<RuntimeException>, RuntimeException> failed) {
        if (items.size() < 2) {
            return items.stream().map(work).toList();
        }
        var pool = Executors.newFixedThreadPool(Math.min(most, items.size()), AtOnce::daemon);
        try {
            return collected(items.stream().map(item -> pool.submit(() -> work.apply(item))).toList(), failed);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Two works; when both fail, the first one's failure is thrown. */
    static void both(Runnable one, Runnable other) {
        all(List.of(one, other), 2, work -> {
            work.run();
            return work;
        }, failures -> failures.get(0));
    }

    private static <B> List<B> collected(List<Future<B>> futures,
            Function<List<RuntimeException>, RuntimeException> failed) {
        var results = new ArrayList<B>();
        var failures = new ArrayList<RuntimeException>();
        for (var future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause() instanceof RuntimeException known ? known
                        : new IllegalStateException(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.failed("here", "interrupted");
            }
        }
        if (failures.isEmpty()) {
            return results;
        }
        throw failed.apply(failures);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "target");
        thread.setDaemon(true);
        return thread;
    }
}
