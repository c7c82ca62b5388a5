package dragonfab.shell;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Threads that keep no program alive. */
public final class DaemonThreads {
    private static final ExecutorService POOL = Executors.newCachedThreadPool(named("pooled"));
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(1, named("clock"));

    static {
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private DaemonThreads() {
    }

    /** For an executor of one's own. */
    public static ThreadFactory named(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** A new thread for each work. */
    public static Executor each(String name) {
        return work -> named(name).newThread(work).start();
    }

    /** A unit of work that may fail in any way. */
    public interface Work {
        void run() throws Exception;
    }

    public static Future<?> start(Work work) {
        return POOL.submit(() -> {
            work.run();
            return null;
        });
    }

    public static <T> Future<T> answer(Callable<T> question) {
        return POOL.submit(question);
    }

    /** Does it then, unless closed before. */
    public static Deadline after(Duration time, Work work) {
        var deadline = new Deadline();
        deadline.timer = CLOCK.schedule(() -> {
            deadline.passed = true;
            return start(work);
        }, time.toMillis(), TimeUnit.MILLISECONDS);
        return deadline;
    }

    /** A limit of time for what cannot limit itself. */
    public static final class Deadline implements AutoCloseable {
        private Future<?> timer;
        private volatile boolean passed;

        public boolean isPassed() {
            return passed;
        }

        @Override
        public void close() {
            timer.cancel(false);
        }
    }
}
