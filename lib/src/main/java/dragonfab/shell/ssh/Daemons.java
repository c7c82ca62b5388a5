package dragonfab.shell.ssh;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Threads that keep no program alive. */
final class Daemons {
    private static final ThreadFactory FACTORY = work -> {
        var thread = new Thread(work, "ssh");
        thread.setDaemon(true);
        return thread;
    };
    private static final ExecutorService POOL = Executors.newCachedThreadPool(FACTORY);
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(1, FACTORY);

    static {
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private Daemons() {
    }

    /** A unit of work that may fail in any way. */
    interface Work {
        void run() throws Exception;
    }

    static java.util.concurrent.Future<?> start(Work work) {
        return POOL.submit(() -> {
            work.run();
            return null;
        });
    }

    static <T> java.util.concurrent.Future<T> answer(Callable<T> question) {
        return POOL.submit(question);
    }

    /** Does it then, unless closed before. */
    static Deadline after(Duration time, Work work) {
        var deadline = new Deadline();
        deadline.timer = CLOCK.schedule(() -> {
            deadline.passed = true;
            return start(work);
        }, time.toMillis(), TimeUnit.MILLISECONDS);
        return deadline;
    }

    /** A limit of time for what cannot limit itself. */
    static final class Deadline implements AutoCloseable {
        private java.util.concurrent.Future<?> timer;
        private volatile boolean passed;

        boolean isPassed() {
            return passed;
        }

        @Override
        public void close() {
            timer.cancel(false);
        }
    }
}
