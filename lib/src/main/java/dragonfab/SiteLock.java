package dragonfab;

import dragonfab.ops.LockInfo;
import dragonfab.ops.Site;
import dragonfab.report.Failure;
import dragonfab.shell.Ended;
import dragonfab.shell.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The right to change one site on one target, held from its taking to its close.
 *
 * <p>It is a lock of the target's kernel, held by a process there that lives as long as it hears of us: it is free
 * again a minute after we were last heard of at the latest, and no file has to be removed.
 */
final class SiteLock implements AutoCloseable {
    private static final String HELD = "held";
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** Longer than the way there and back, shorter than a person's patience. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final OutputStream voice;
    private final ScheduledExecutorService heart;
    private final CompletableFuture<Ended> holding;

    private SiteLock(OutputStream voice, CompletableFuture<Ended> holding) {
        this.voice = voice;
        this.holding = holding;
        this.heart = Executors.newSingleThreadScheduledExecutor(SiteLock::daemon);
        heart.scheduleAtFixedRate(this::beat, 0, HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Takes it.
     *
     * @param wait how long another may go on holding it
     * @throws Failure refused, with the name of whoever holds it
     */
    static SiteLock take(Remote remote, Site site, LockInfo info, Duration wait) {
        try {
            var pipe = Pipe.open();
            var first = new CompletableFuture<String>();
            var error = new ByteArrayOutputStream();
            var command = site.holdLock(info, wait).reading(new Input.Stream(heard(pipe)));
            var holding = CompletableFuture.supplyAsync(
                    () -> remote.flow(command, new Lines(first::complete), error, null), SiteLock::inBackground);
            holding.whenComplete((ended, failure) -> first.complete(error.toString()));
            var lock = new SiteLock(Channels.newOutputStream(pipe.sink()), holding);
            var said = first.get(wait.plus(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
            if (!said.equals(HELD)) {
                lock.close();
                throw refusal(remote, said, error.toString());
            }
            return lock;
        } catch (IOException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw Failure.failed(remote.name(), "the lock cannot be taken: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(remote.name(), "interrupted");
        }
    }

    private static InputStream heard(Pipe pipe) {
        return Channels.newInputStream(pipe.source());
    }

    private static Failure refusal(Remote remote, String said, String error) {
        var words = said.split(" ", 2);
        var info = LockInfo.of(words.length > 1 ? words[1] : "");
        return switch (words[0]) {
            case "owner" -> Failure.refused(remote.name(), "locked by " + info.shown())
                    .remedy("--lock-wait SECONDS, or jbang status@dragonfab ENV --follow");
            case "step" -> Failure.refused(remote.name(), "a step still runs that was begun by " + info.shown())
                    .remedy("jbang status@dragonfab ENV --follow");
            case "hold" -> Failure.refused(remote.name(), "deploys are on hold: " + info.shown())
                    .remedy("jbang lock@dragonfab ENV release");
            default -> Failure.failed(remote.name(), "the lock cannot be taken").of(null, List.of(said, error));
        };
    }

    /** Whether it is still ours, as far as we know. */
    boolean isHeld() {
        return !holding.isDone();
    }

    private synchronized void beat() {
        try {
            voice.write('.');
            voice.flush();
        } catch (IOException gone) {
            heart.shutdown();
        }
    }

    /** Lets go, and waits until it is free. */
    @Override
    public void close() {
        heart.shutdownNow();
        try {
            synchronized (this) {
                voice.close();
            }
            holding.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | CompletionException | java.util.concurrent.TimeoutException gone) {
            // Nobody holds it who cannot be heard.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inBackground(Runnable work) {
        daemon(work).start();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "lock");
        thread.setDaemon(true);
        return thread;
    }
}
