package dragonfab;

import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.report.Report;
import dragonfab.report.Step;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Ended;
import dragonfab.shell.Input;
import dragonfab.shell.Result;
import dragonfab.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One target, in the words of a recipe: ask, run, put, fetch.
 *
 * <p>Asking changes nothing and is real in a dry run; every change is a reported step, and in a dry run only told.
 */
public final class Remote {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Shell shell;
    private final Report report;
    private final boolean dry;
    private final Duration limit;

    Remote(Shell shell, Report report, boolean dry, Duration limit) {
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

    /** Takes any exit code for an answer. */
    public Result ask(Command question) {
        return shell.ask(question);
    }

    public boolean holds(Command question) {
        return ask(question).ok();
    }

    /** Asks for text; an exit code other than 0 is a failure. */
    public String read(Command question) {
        return shell.read(question);
    }

    /** Changes something; an exit code other than 0 is a failure. Returns what it said on standard output. */
    public String run(String title, Command change) {
        return attempt(title, change, ended -> true);
    }

    /** Like {@link #run}, for commands that say by their words whether there was anything to do. */
    public String run(String title, Command change, java.util.function.Predicate<String> changed) {
        return attempt(title, change, changed);
    }

    private String attempt(String title, Command change, java.util.function.Predicate<String> changed) {
        var step = report.begin(name(), title);
        step.command(change.shown());
        if (dry) {
            step.done(Outcome.PLANNED);
            return "";
        }
        var said = new ByteArrayOutputStream();
        perform(step, change, said);
        var text = said.toString(StandardCharsets.UTF_8);
        step.done(changed.test(text) ? Outcome.CHANGED : Outcome.UNCHANGED);
        return text;
    }

    private void perform(Step step, Command change, OutputStream said) {
        var tail = new Tail();
        var ended = watched(step, () -> {
            try (var out = new Lines(line -> hear(step, tail, line, false));
                    var err = new Lines(line -> hear(step, tail, line, true))) {
                return shell.execute(change, new Both(out, said), err, limit);
            }
        });
        if (!ended.well()) {
            step.done(Outcome.FAILED);
            throw Failure.failed(name(), step.title() + ": " + ended).of(change.shown(), tail.lines());
        }
    }

    private static void hear(Step step, Tail tail, String line, boolean error) {
        tail.add(line);
        step.output(line, error);
    }

    private <T> T watched(Step step, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            step.done(Outcome.FAILED);
            throw e;
        }
    }

    /** Runs what a person typed: its output goes straight on, line by line. */
    public Ended stream(Command command) {
        return stream(command, limit);
    }

    /** Streams an answer. @param endless for what only a person ends: then there is no time limit */
    public void show(String what, Command question, boolean endless) {
        demand(what, stream(question, endless ? null : limit));
    }

    private Ended stream(Command command, Duration within) {
        try (var out = new Lines(line -> report.output(name(), line, false));
                var err = new Lines(line -> report.output(name(), line, true))) {
            return shell.execute(command, out, err, within);
        }
    }

    /** Streams a change that a person typed: an exit code other than 0 is a failure, and a dry run only tells. */
    public void relay(String title, Command change) {
        if (dry) {
            run(title, change);
            return;
        }
        demand(title, stream(change));
    }

    /** Its words were shown while they came, and the command is what the person typed. */
    private void demand(String title, Ended ended) {
        if (!ended.well()) {
            throw Failure.failed(name(), title + ": " + ended);
        }
    }

    /** Hands the terminal over while the display makes room. Returns the exit code. */
    public int interact(Command command) {
        return report.aside(() -> shell.interact(command));
    }

    /** Hands the terminal over to a command that has to end well. */
    public void converse(String title, Command command) {
        demand(title, Ended.with(interact(command)));
    }

    /** A change that is bookkeeping and not a step; nothing in a dry run. */
    void record(Command change) {
        if (!dry) {
            shell.read(change);
        }
    }

    /** Tidies up behind something that is over; how it ends is not looked at. Nothing in a dry run. */
    void discard(Command change) {
        if (!dry) {
            shell.execute(change, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), limit);
        }
    }

    /** Inside a container of this machine; it must be running. */
    Remote inside(String container) {
        return new Remote(new ContainerShell(shell, container), report, dry, limit);
    }

    /** Asks, with an answer too large for memory. */
    void save(Command question, Path file) throws IOException {
        var tail = new Tail();
        try (var out = java.nio.file.Files.newOutputStream(file); var err = new Lines(tail::add)) {
            var ended = shell.execute(question, out, err, limit);
            if (!ended.well()) {
                throw Failure.failed(name(), ended.toString()).of(question.shown(), tail.lines());
            }
        }
    }

    /** Copies a file there: under a hidden name first, checked, then in place by rename. */
    public void put(String title, Path file, String path, String mode) {
        var step = report.begin(name(), title);
        var copy = Transfer.put(file, path, mode).reading(new Input.Watched(Input.file(file), step::progress));
        step.command(copy.shown());
        if (dry) {
            step.done(Outcome.PLANNED);
            return;
        }
        perform(step, copy, OutputStream.nullOutputStream());
        step.done(Outcome.CHANGED);
    }

    /** Copies a file here: under a hidden name first, checked, then in place by rename. */
    public void fetch(String title, String path, Path file) {
        var step = report.begin(name(), title);
        step.command(Transfer.get(path).shown());
        if (dry) {
            step.done(Outcome.PLANNED);
            return;
        }
        watched(step, () -> {
            try {
                return Transfer.fetch(shell, path, file, limit);
            } catch (IOException e) {
                throw Failure.failed(name(), title + ": " + e.getMessage());
            }
        });
        step.done(Outcome.CHANGED);
    }

    /** Waits until the problem is gone; the last problem is the failure when the deadline passes. */
    public void await(String title, Duration deadline, Supplier<Optional<String>> problem) {
        var step = report.begin(name(), title);
        if (dry) {
            step.done(Outcome.PLANNED);
            return;
        }
        var end = System.nanoTime() + deadline.toNanos();
        var found = watched(step, problem);
        while (found.isPresent() && System.nanoTime() < end) {
            pause();
            found = watched(step, problem);
        }
        if (found.isPresent()) {
            step.done(Outcome.FAILED);
            throw Failure.failed(name(), title + ": " + found.get() + " (waited " + deadline.toSeconds() + " s)");
        }
        step.done(Outcome.UNCHANGED);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("here", "interrupted");
        }
    }

    /** Says that there was nothing to do, which is worth a line of its own. */
    public void unchanged(String title, String why) {
        report.begin(name(), title).done(Outcome.UNCHANGED, why);
    }

    public void note(String text) {
        report.note(name(), text);
    }

    public void warn(String text) {
        report.warn(name(), text);
    }

    /** A failure of this target. */
    public Failure failure(String what, List<String> tail) {
        return Failure.failed(name(), what).of(null, tail);
    }

    /** To two streams at once. */
    private static final class Both extends OutputStream {
        /** What a command says is kept for the recipe up to here; the rest only passes by. */
        private static final int KEPT = 4 << 20;

        private final OutputStream first;
        private final OutputStream second;
        private int kept;

        Both(OutputStream first, OutputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            first.write(bytes, offset, length);
            if (kept < KEPT) {
                second.write(bytes, offset, length);
                kept += length;
            }
        }
    }
}
