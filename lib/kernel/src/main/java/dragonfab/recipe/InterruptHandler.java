package dragonfab.recipe;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Report;

/** Ctrl-C and TERM: the display is put down, a line says so, and the JVM goes on to die of the signal. */
final class InterruptHandler {
    private final Thread hook;
    private volatile boolean over;
    private volatile boolean happened;

    private InterruptHandler(Script script, Report report) {
        hook = new Thread(() -> {
            if (over) {
                return;
            }
            happened = true;
            report.summary();
            if (script.endless()) {
                return;
            }
            report.failure(script.name(), Failure.failed("local", "interrupted; a step that was under way on a "
                    + "target ends there by itself, and a deploy that was not confirmed goes back by itself")
                    .as(Exit.INTERRUPTED).remedy("the same command again"));
        }, "interruption");
    }

    static InterruptHandler watch(Script script, Report report) {
        var interruption = new InterruptHandler(script, report);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    boolean happened() {
        return happened;
    }

    void over() {
        over = true;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running: it has the last word.
        }
    }
}
