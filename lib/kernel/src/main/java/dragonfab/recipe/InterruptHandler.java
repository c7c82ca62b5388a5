package dragonfab.recipe;

import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.report.Report;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Ctrl-C and TERM: the display is put down, a line says what became of all, and the JVM goes on to die of the signal. */
final class InterruptHandler {
    private final Thread hook;
    private volatile boolean over;
    private volatile boolean happened;
    /** What is rolled back by itself; nothing before a run has begun. */
    private volatile Supplier<Optional<String>> whenCutOff = Optional::empty;

    private InterruptHandler(Script script, Report report) {
        hook = new Thread(() -> {
            if (over) {
                return;
            }
            happened = true;
            var words = words(report.underWay(), report.isUnchanged(), whenCutOff.get());
            report.summary();
            if (script.endless()) {
                return;
            }
            report.failure(script.name(),
                    Failure.failed("local", words).as(Exit.INTERRUPTED).remedy(Remedy.again()));
        }, "interruption");
    }

    static InterruptHandler watch(Script script, Report report) {
        var interruption = new InterruptHandler(script, report);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** From now on this run says what goes back by itself. */
    void of(Run run) {
        whenCutOff = () -> run.transaction().whenCutOff();
    }

    /** Promises no more than what is so. @param goesBack what the targets do by themselves */
    static String words(List<String> underWay, boolean unchanged, Optional<String> goesBack) {
        var at = underWay.isEmpty() ? "" : " at: " + String.join(", ", underWay);
        if (goesBack.isPresent()) {
            return "interrupted" + at + "; " + goesBack.get();
        }
        if (underWay.isEmpty()) {
            return unchanged ? "interrupted before anything was changed"
                    : "interrupted; what is done above stays, and nothing goes back by itself";
        }
        return "interrupted" + at + "; that may go on to its end or not, " + (unchanged ? "no step before has changed"
                + " anything, " : "what is done above stays, ") + "and nothing goes back by itself";
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
