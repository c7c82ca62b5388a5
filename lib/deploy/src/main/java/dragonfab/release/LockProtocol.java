package dragonfab.release;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** What the holder of a lock says: first whether it has it, then its answer to each question. */
final class LockProtocol extends OutputStream {
    private static final long MOST = 8 << 20;
    private static final int MOST_COMPLAINTS = 1 << 16;

    /** The end of an answer; what lies on a target may hold any line, but cannot know this word. */
    private final String mark = "answered-" + UUID.randomUUID();
    private final Pattern answered = Pattern.compile(mark + " (\\d{1,3})");
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<List<List<String>>> all = new CompletableFuture<>();
    private final List<List<String>> answers = new ArrayList<>();
    private final String place;
    private final List<Command> questions;
    private List<String> lines = new ArrayList<>();
    private long said;

    LockProtocol(String place, List<Command> questions) {
        this.place = place;
        this.questions = questions;
    }

    /** What ends each answer. */
    String mark() {
        return mark;
    }

    /** What the holder complains of goes here. */
    OutputStream error() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                if (error.size() < MOST_COMPLAINTS) {
                    error.write(b);
                }
            }
        };
    }

    String complaint() {
        return error.toString(StandardCharsets.UTF_8).strip();
    }

    /** Its first line, or nothing when it ended without one. */
    String first(Duration within) throws InterruptedException {
        return get(first, within);
    }

    /** The lines of each answer. */
    List<List<String>> answers(Duration within) throws InterruptedException {
        return get(all, within);
    }

    private <T> T get(CompletableFuture<T> said, Duration within) throws InterruptedException {
        try {
            return said.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure known ? known : failure(String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw failure("no answer within " + within.toSeconds() + " s");
        }
    }

    /** Nothing more will come. @param why null when it ended by itself */
    void end(Throwable why) {
        var cause = why == null || why.getCause() == null ? why : why.getCause();
        if (cause == null) {
            first.complete("");
            all.completeExceptionally(failure("it was lost while it was taken"));
        } else {
            first.completeExceptionally(cause);
            all.completeExceptionally(cause);
        }
    }

    private Failure failure(String why) {
        return Failure.failed(place, "the lock cannot be taken: " + why);
    }

    /** A target that talks without an end is not heard to it. */
    private void count() {
        if (++said > MOST && !all.isDone()) {
            var endless = failure("the target answers without an end: more than " + MOST / 1_000_000 + " MB");
            first.completeExceptionally(endless);
            all.completeExceptionally(endless);
            lines = new ArrayList<>();
        }
    }

    @Override
    public void write(int b) {
        count();
        if (said > MOST) {
            return;
        }
        if (b == '\n') {
            hear(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(b);
        }
    }

    private void hear(String said) {
        var end = answered.matcher(said);
        if (!first.isDone()) {
            first.complete(said);
        } else if (!end.matches()) {
            lines.add(said);
        } else if (!end.group(1).equals("0")) {
            all.completeExceptionally(Failure.failed(place, "exit " + end.group(1))
                    .of(questions.get(answers.size()).brief(), complaint().lines().toList()));
        } else {
            answers.add(lines);
            lines = new ArrayList<>();
        }
        if (answers.size() == questions.size()) {
            all.complete(answers);
        }
    }
}
