package dragonfab.target;

import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.report.Report;
import dragonfab.report.Step;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import dragonfab.shell.stream.CappedTee;
import dragonfab.shell.stream.LineSplitter;
import dragonfab.shell.stream.ProgressOutputStream;
import dragonfab.shell.stream.Tail;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One change on one target as a reported step, which ends in exactly one outcome; in a dry run it is only shown. */
public final class ReportedStep {
    private final Shell shell;
    private final Step step;
    private final boolean dry;
    private final Duration limit;

    ReportedStep(Shell shell, Report report, String title, boolean dry, Duration limit) {
        this.shell = shell;
        this.step = report.begin(shell.where(), title);
        this.dry = dry;
        this.limit = limit;
    }

    /** @return what the work gave, or nothing in a dry run */
    public <T> Optional<T> run(Command shown, Supplier<T> work, Function<T, Outcome> outcome) {
        step.command(shown.shown(), shown.folded());
        return run(work, outcome);
    }

    /** A change whose work says what there is to tell of it. */
    public void runWithDetail(Command shown, Supplier<String> work) {
        step.command(shown.shown(), shown.folded());
        run(work, told -> Outcome.CHANGED, told -> told);
    }

    <T> Optional<T> run(Supplier<T> work, Function<T, Outcome> outcome) {
        return run(work, outcome, result -> "");
    }

    private <T> Optional<T> run(Supplier<T> work, Function<T, Outcome> outcome, Function<T, String> detail) {
        if (dry) {
            step.done(Outcome.PLANNED);
            return Optional.empty();
        }
        try {
            var result = work.get();
            step.done(outcome.apply(result), detail.apply(result));
            return Optional.of(result);
        } catch (RuntimeException e) {
            step.done(Outcome.FAILED);
            throw e;
        }
    }

    /** Runs a command to a good end; what it says goes to the step while it comes, and back to the recipe. */
    public String execute(Command change) {
        return execute(change, change);
    }

    /** Runs a command that only carries the one that is shown. */
    public String execute(Command shown, Command change) {
        var said = new ByteArrayOutputStream();
        perform(shown, change, out -> new CappedTee(said, out));
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Runs a command whose words only people read: of those, the last lines alone are kept. */
    void perform(Command shown, Command change) {
        perform(shown, change, out -> out);
    }

    private void perform(Command shown, Command change, UnaryOperator<OutputStream> between) {
        var tail = new Tail();
        try (var out = new LineSplitter(line -> hear(tail, line, false));
                var err = new LineSplitter(line -> hear(tail, line, true))) {
            var ended = shell.execute(change, between.apply(out), err, limit);
            out.close();
            err.close();
            if (!ended.ok()) {
                throw Failure.failed(shell.where(), step.title() + ": " + ended).of(shown.brief(), tail.lines());
            }
        }
    }

    /** Reports as progress how far the input has been read. */
    public Input withProgress(Input input) {
        return new Input.Watched(input, step::progress);
    }

    /** How far it came, where the work says that itself. */
    public void progress(long done, long total) {
        step.progress(done, total);
    }

    /** Reports as progress how much has passed to the output. */
    public OutputStream withProgress(OutputStream out) {
        return new ProgressOutputStream(out, step);
    }

    private void hear(Tail tail, String line, boolean error) {
        tail.add(line);
        step.output(line, error);
    }
}
