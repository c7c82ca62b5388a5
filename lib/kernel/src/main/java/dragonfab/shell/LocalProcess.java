package dragonfab.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.StartedProcess;

/**
 * One program of this machine, from its start to its end; when we stop waiting for it, it is killed with its children.
 *
 * @param words  what it is given, to the letter
 * @param folder where it runs
 */
public record LocalProcess(List<String> words, Path folder, Input input) {
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final int GLANCE_MS = 500;

    /**
     * Runs it, handing on its output while it comes.
     *
     * @param limit null for none
     * @return its exit code
     * @throws IOException when it cannot be started; or, with a cause, when a stream of ours failed
     */
    public int run(OutputStream out, OutputStream err, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        return run(out, err, limit, () -> false);
    }

    /**
     * Runs a program that may go on when there is nothing more to wait for; it is killed then.
     *
     * @param enough asked whenever it says nothing for a while
     */
    public int run(OutputStream out, OutputStream err, Duration limit, BooleanSupplier enough)
            throws IOException, TimeoutException, InterruptedException {
        PlatformEncoding.requireLetters(words);
        try (var in = input.open()) {
            var pumps = new StreamPumps(out, err, input == Input.NOTHING ? null : in);
            var started = new ProcessExecutor(words)
                    .directory(folder.toFile())
                    .streams(pumps)
                    .redirectErrorStream(false)
                    .exitValueAny()
                    .start();
            pumps.onTrouble(() -> kill(started.getProcess()));
            var code = await(started, pumps, limit == null ? FOREVER : limit, enough);
            pumps.requireNoFailure();
            return code;
        }
    }

    /** Runs it with the terminal of this process, and returns its exit code. */
    public int atTerminal() throws IOException, InterruptedException {
        PlatformEncoding.requireLetters(words);
        return new ProcessBuilder(words).directory(folder.toFile()).inheritIO().start().waitFor();
    }

    private static int await(StartedProcess started, StreamPumps pumps, Duration limit, BooleanSupplier enough)
            throws IOException, TimeoutException, InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                try {
                    return started.getFuture().get(Math.max(0, Math.min(GLANCE_MS, left)), TimeUnit.MILLISECONDS)
                            .getExitValue();
                } catch (TimeoutException e) {
                    if (left <= 0) {
                        throw e;
                    }
                }
                if (pumps.isQuietAnd(enough)) {
                    kill(started.getProcess());
                }
            }
        } catch (TimeoutException | InterruptedException e) {
            kill(started.getProcess());
            throw e;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
