package dragonfab;

import dragonfab.report.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** The same work on many things at once; when some fail, the others still go to their end. */
final class AtOnce {
    /** Nearly all of the time each waits for a network. */
    private static final int MOST = 32;

    private AtOnce() {
    }

    /** @param told hears of all failures but the last, which is thrown */
    static <A, B> List<B> all(List<A> items, Function<A, B> work, Consumer<Failure> told) {
        if (items.size() < 2) {
            return items.stream().map(work).toList();
        }
        var pool = Executors.newFixedThreadPool(Math.min(MOST, items.size()), AtOnce::daemon);
        try {
            return collected(items.stream().map(item -> pool.submit(() -> work.apply(item))).toList(), told);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <B> List<B> collected(List<Future<B>> futures, Consumer<Failure> told) {
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
        failures.subList(0, failures.size() - 1).stream().filter(Failure.class::isInstance)
                .forEach(failure -> told.accept((Failure) failure));
        throw failures.get(failures.size() - 1);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "target");
        thread.setDaemon(true);
        return thread;
    }
}
