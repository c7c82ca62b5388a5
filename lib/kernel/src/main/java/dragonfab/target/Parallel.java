package dragonfab.target;

import dragonfab.report.Failure;
import dragonfab.shell.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Work on many things at once; when some fail, the others still go to their end. */
public final class Parallel {
    /** Kept for the next work: a thread for each of dozens of targets costs more than much that they do. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(DaemonThreads.named("target"));

    private Parallel() {
    }

    /**
     * @param most   how many are worked on at the same time
     * @param failed makes one exception of those that there were, one at least
     */
    public static <A, B> List<B> all(List<A> items, int most, Function<A, B> work,
            Function<List<RuntimeException>, RuntimeException> failed) {
        if (items.size() < 2) {
            return items.stream().map(work).toList();
        }
        var tasks = items.stream().map(item -> new FutureTask<>(() -> work.apply(item))).toList();
        var waiting = new ConcurrentLinkedQueue<>(tasks);
        var runners = IntStream.range(0, Math.min(most, items.size()))
                .mapToObj(runner -> THREADS.submit(() -> run(waiting))).toList();
        try {
            return collected(tasks, failed);
        } finally {
            waiting.clear();
            runners.forEach(runner -> runner.cancel(true));
        }
    }

    private static <B> void run(Queue<FutureTask<B>> waiting) {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
            // It was meant for the task that is over.
            Thread.interrupted();
        }
    }

    /** Two works; when both fail, the first one's failure is thrown. */
    public static void both(Runnable one, Runnable other) {
        all(List.of(one, other), 2, work -> {
            work.run();
            return work;
        }, failures -> failures.get(0));
    }

    private static <B> List<B> collected(List<FutureTask<B>> tasks,
            Function<List<RuntimeException>, RuntimeException> failed) {
        var results = new ArrayList<B>();
        var failures = new ArrayList<RuntimeException>();
        for (var task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause() instanceof RuntimeException known ? known
                        : new IllegalStateException(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.failed("local", "interrupted");
            }
        }
        if (failures.isEmpty()) {
            return results;
        }
        throw failed.apply(failures);
    }
}
