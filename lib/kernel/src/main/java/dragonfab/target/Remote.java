package dragonfab.target;

import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.report.Remedy;
import dragonfab.report.Report;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Result;
import dragonfab.shell.Shell;
import dragonfab.shell.stream.LineSplitter;
import dragonfab.shell.stream.Tail;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One target, in the words of a recipe: ask, run, await, note.
 *
 * <p>Asking changes nothing and is real in a dry run; every change is a reported step, and in a dry run only shown.
 */
public final class Remote {
    /** What a command may take beyond our limit that ends by itself what it began. */
    private static final Duration OWN_END = Duration.ofSeconds(30);
    /** What is just being replaced may answer once more. */
    private static final Duration LASTING = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Shell shell;
    private final Report report;
    private final boolean dry;
    private final Duration limit;

    public Remote(Shell shell, Report report, boolean dry, Duration limit) {
        this.shell = shell;
        this.report = report;
        this.dry = dry;
        this.limit = limit;
    }

    public String name() {
        return shell.where();
    }

    public boolean dry() {
        return dry;
    }

    /** A moment as it is shown to those who read the output. */
    public String time(Instant at) {
        return report.time(at);
    }

    /** The longest time for one step. */
    public Duration limit() {
        return limit;
    }

    /** Takes any exit code for an answer. */
    public Result ask(Command question) {
        return shell.ask(question, patience());
    }

    /** A question is answered soon, or never. */
    private Duration patience() {
        return limit != null && limit.compareTo(Shell.SHORT) < 0 ? limit : Shell.SHORT;
    }

    /** What a login there says before every command; blank for nothing. */
    public String greeting() {
        return shell.greeting();
    }

    public boolean succeeds(Command question) {
        return ask(question).ok();
    }

    /** Whether nothing was changed yet in this run, on any target. */
    public boolean isUnchanged() {
        return report.isUnchanged();
    }

    /** Asks for text; an exit code other than 0 is a failure. */
    public String read(Command question) {
        return shell.read(question, patience());
    }

    /** Changes something; an exit code other than 0 is a failure. Returns what it said on standard output. */
    public String run(String title, Command change) {
        return run(title, change, said -> true);
    }

    /** Changes something by a command that says by its words whether there was anything to do. */
    public String run(String title, Command change, Predicate<String> changed) {
        var step = step(title);
        return step.run(change, () -> step.execute(change),
                said -> changed.test(said) ? Outcome.CHANGED : Outcome.UNCHANGED).orElse("");
    }

    /** Changes something by a command whose words only people read, however many they are. */
    public void perform(String title, Command change) {
        perform(title, change, change);
    }

    /** Changes something by another command than the one that is shown, which keeps to our limit by itself. */
    public void perform(String title, Command shown, Command change) {
        var step = new ReportedStep(shell, report, title, dry, change == shown ? limit : limit.plus(OWN_END));
        step.run(shown, () -> {
            step.perform(shown, change);
            return change;
        }, done -> Outcome.CHANGED);
    }

    public ReportedStep step(String title) {
        return new ReportedStep(shell, report, title, dry, limit);
    }

    /** The streams of its commands, where text is not enough. */
    public RemoteStreams streams() {
        return new RemoteStreams(shell, limit);
    }

    /** Runs what a person typed: its output goes straight on, line by line. */
    public ExitStatus stream(Command command) {
        return stream(command, limit);
    }

    /** Streams an answer. @param endless for what only a person ends: then there is no time limit */
    public void show(String what, Command question, boolean endless) {
        requireSuccess(what, stream(question, endless ? null : limit));
    }

    private ExitStatus stream(Command command, Duration within) {
        try (var out = new LineSplitter(line -> report.output(name(), line, false));
                var err = new LineSplitter(line -> report.output(name(), line, true))) {
            return shell.execute(command, out, err, within);
        }
    }

    /** Streams a change that a person typed: an exit code other than 0 is a failure, and a dry run only tells. */
    public void relay(String title, Command change) {
        if (dry) {
            run(title, change);
            return;
        }
        requireSuccess(title, stream(change));
    }

    /** Its words were shown while they came, and the command is what the person typed. */
    private void requireSuccess(String title, ExitStatus ended) {
        if (!ended.ok()) {
            throw Failure.failed(name(), title + ": " + ended);
        }
    }

    /** Hands the terminal over while the display makes room. Returns the exit code. */
    public int interact(Command command) {
        return report.aside(() -> shell.interact(command));
    }

    /** Hands the terminal over to a command that has to end well. */
    public void converse(String title, Command command) {
        requireSuccess(title, ExitStatus.with(interact(command)));
    }

    /** A change that is bookkeeping and not a step; nothing in a dry run. */
    public void record(Command change) {
        if (dry) {
            return;
        }
        var tail = new Tail();
        try (var said = new LineSplitter(tail::add)) {
            var ended = shell.execute(change, said, said, limit);
            said.close();
            if (!ended.ok()) {
                throw Failure.failed(name(), ended.toString()).of(change.brief(), tail.lines());
            }
        }
    }

    /** Tidies up behind something that is over; how it ends is not looked at. Nothing in a dry run. */
    public void discard(Command change) {
        if (!dry) {
            shell.execute(change, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), limit);
        }
    }

    /** Inside a container of this machine; it must be running. */
    public Remote inside(String container) {
        return new Remote(new ContainerShell(shell, container), report, dry, limit);
    }

    /** Waits until the problem is gone; the last problem is the failure when the deadline passes. */
    public void await(String title, Duration deadline, Supplier<Optional<String>> problem) {
        overcome(title, deadline, () -> problem.get().map(text -> new Obstacle(text, false)));
    }

    /** The same, but it gives up as soon as waiting does not help. */
    public void overcome(String title, Duration deadline, Supplier<Optional<Obstacle>> problem) {
        step(title).run(() -> {
            var begin = System.nanoTime();
            var since = begin;
            var found = problem.get();
            while (found.isPresent() && System.nanoTime() - begin < deadline.toNanos()
                    && System.nanoTime() - since < LASTING.toNanos()) {
                pause();
                found = problem.get();
                since = found.filter(Obstacle::lasting).isPresent() ? since : System.nanoTime();
            }
            var waited = found.filter(Obstacle::lasting).isPresent() ? ""
                    : " (waited " + deadline.toSeconds() + " s)";
            found.ifPresent(still -> {
                throw Failure.failed(name(), title + ": " + still.text() + waited);
            });
            return found;
        }, gone -> Outcome.UNCHANGED);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("local", "interrupted");
        }
    }

    /** Says that there was nothing to do, which is worth a line of its own. */
    public void unchanged(String title, String why) {
        report.begin(name(), title).done(Outcome.UNCHANGED, why);
    }

    /** A remedy as this person types it. */
    public String typed(Remedy remedy) {
        return report.typed(remedy);
    }

    public void note(String text) {
        report.note(name(), text);
    }

    public void warn(String text) {
        report.warn(name(), text);
    }
}
