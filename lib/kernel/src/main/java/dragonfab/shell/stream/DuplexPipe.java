package dragonfab.shell.stream;

import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Two commands in two places, each reading what the other writes; nothing lands in between.
 *
 * <p>The caller's first line says whom it wants to talk to, and the rest of its words go there. When either ends, the
 * other hears the end of its input, so both end, and the ends of both are known.
 *
 * @param caller how the one that began ended
 * @param callee how the other ended; empty when the caller ended before it had said a line
 */
public record DuplexPipe(ExitStatus caller, Optional<ExitStatus> callee) {

    /** Both to their ends. */
    public boolean ok() {
        return caller.ok() && callee.map(ExitStatus::ok).orElse(false);
    }

    public static DuplexPipe of(RemotePipe.Side caller, Function<String, RemotePipe.Side> answer, Duration limit) {
        return of(caller, answer, out -> out, limit);
    }

    /**
     * Runs the caller, and for its first line the command that this line asks for.
     *
     * @param answer  finds it; what it throws ends the caller and is thrown on
     * @param wrapper wraps the stream of the caller's words, to count what passes
     * @throws Failure when either could not be run, or its connection broke
     */
    public static DuplexPipe of(RemotePipe.Side caller, Function<String, RemotePipe.Side> answer,
            UnaryOperator<OutputStream> wrapper, Duration limit) {
        try (var up = new Line(new BoundedPipe()); var down = new Line(new BoundedPipe())) {
            var firstLine = new FirstLineReader(wrapper.apply(up.writer()));
            var calling = CompletableFuture.supplyAsync(() -> call(caller, down, firstLine, limit),
                    DaemonThreads.each("caller"));
            try {
                return exchange(calling, firstLine, answer, up, down, limit);
            } catch (RuntimeException e) {
                down.closeWriter();
                up.closeReader();
                throw root(e, calling);
            }
        } catch (IOException e) {
            throw Failure.failed(caller.shell().where(), "cannot be joined to another place: " + e.getMessage());
        }
    }

    private static DuplexPipe exchange(CompletableFuture<ExitStatus> calling, FirstLineReader firstLine,
            Function<String, RemotePipe.Side> answer, Line up, Line down, Duration limit) throws IOException {
        var line = firstLine.line().join();
        if (line.isEmpty()) {
            return new DuplexPipe(calling.join(), Optional.empty());
        }
        var callee = answer.apply(line.get());
        var command = callee.command().reading(new Input.Stream(up.reader()));
        var answered = callee.shell().execute(command, down.writer(), callee.stderr(), limit);
        down.closeWriter();
        up.closeReader();
        return new DuplexPipe(calling.join(), Optional.of(answered));
    }

    private static ExitStatus call(RemotePipe.Side caller, Line down, FirstLineReader firstLine, Duration limit) {
        try {
            return caller.shell().execute(caller.command().reading(new Input.Stream(down.reader())), firstLine,
                    caller.stderr(), limit);
        } finally {
            firstLine.close();
        }
    }

    /** The end of one side makes the other fail too; a lost connection is the cause, whoever noticed first. */
    private static RuntimeException root(RuntimeException noticed, CompletableFuture<ExitStatus> calling) {
        var cause = noticed instanceof CompletionException && noticed.getCause() instanceof RuntimeException known
                ? known : noticed;
        try {
            calling.join();
            return cause;
        } catch (CompletionException e) {
            return e.getCause() instanceof ConnectionLost lost ? lost : cause;
        }
    }

    /** One direction: what is said after its listener is gone is said to nobody, and harms nobody. */
    private record Line(TolerantOutput writer, InputStream reader) implements AutoCloseable {

        Line(BoundedPipe pipe) {
            this(new TolerantOutput(pipe.writer()), pipe.reader());
        }

        void closeWriter() throws IOException {
            writer.close();
        }

        void closeReader() throws IOException {
            writer.ignoreFromNow();
            reader.close();
        }

        @Override
        public void close() throws IOException {
            writer.close();
            reader.close();
        }
    }
}
