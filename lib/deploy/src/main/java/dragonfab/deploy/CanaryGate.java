package dragonfab.deploy;

import dragonfab.config.Canary;
import dragonfab.recipe.Run;
import dragonfab.release.TargetDeploy;
import dragonfab.report.Failure;
import dragonfab.shell.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What comes between the first batch and the second: a pause in which the first is checked, or a question.
 *
 * <p>Meanwhile the rollback of the first batch is extended.
 */
final class CanaryGate {
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
    private static final Duration EXTEND_INTERVAL = Duration.ofMinutes(1);

    private final Run run;
    private final Optional<Canary> canary;
    private final Runnable extend;

    CanaryGate(Run run, Optional<Canary> canary, Runnable extend) {
        this.run = run;
        this.canary = canary;
        this.extend = extend;
    }

    /** @param others how many targets wait @param verify ends the deploy, or leaves out what is not well */
    void over(List<TargetDeploy> first, int others, Consumer<List<TargetDeploy>> verify) {
        if (canary.isEmpty() || run.dry() || first.isEmpty()) {
            return;
        }
        if (canary.get().asks()) {
            ask(first, others);
        } else {
            pause(canary.get().pause(), first, verify);
        }
        verify.accept(stillChanged(first));
    }

    /** What went back meanwhile is no longer looked at. */
    private static List<TargetDeploy> stillChanged(List<TargetDeploy> some) {
        return some.stream().filter(TargetDeploy::changed).toList();
    }

    private void pause(Duration pause, List<TargetDeploy> first, Consumer<List<TargetDeploy>> verify) {
        run.report().note(run.environment().name(), "watching for " + pause.toSeconds() + " s before the others");
        // One that was not well before would end the pause at every check, and proves nothing.
        var watched = first.stream().filter(TargetDeploy::isHealthy).toList();
        var end = System.nanoTime() + pause.toNanos();
        var extended = System.nanoTime();
        for (long left = pause.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            sleep(Math.min(left, CHECK_INTERVAL.toMillis()));
            if (System.nanoTime() - extended > EXTEND_INTERVAL.toNanos()) {
                extend.run();
                extended = System.nanoTime();
            }
            if (!stillChanged(watched).stream().allMatch(TargetDeploy::isHealthy)) {
                verify.accept(stillChanged(watched));
                if (stillChanged(watched).isEmpty()) {
                    return;
                }
            }
        }
    }

    private void ask(List<TargetDeploy> first, int others) {
        var heartbeat = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("canary"));
        heartbeat.scheduleWithFixedDelay(extend, EXTEND_INTERVAL.toSeconds(), EXTEND_INTERVAL.toSeconds(),
                TimeUnit.SECONDS);
        try {
            var places = String.join(", ", first.stream().map(TargetDeploy::name).toList());
            if (!run.consent().agrees("the new release is healthy on " + places + "; go on with the other " + others)) {
                throw Failure.failed(run.environment().name(), "it went no further, as you said");
            }
        } finally {
            heartbeat.shutdownNow();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("local", "interrupted");
        }
    }
}
