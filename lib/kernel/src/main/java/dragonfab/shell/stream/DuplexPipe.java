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
    public boolean well() {
        return caller.ok() && callee.map(ExitStatus::ok).orElse(false);
    }

    public static DuplexPipe of(RemotePipe.Side caller, Function<String, RemotePipe.Side> answer, Duration limit) {
        return of(caller, answer, out -> out, limit);
    }

    /**
     * Runs the caller, and for its first line the command that this line asks for.
     *
     * @param answer finds it; what it throws ends the caller and is thrown on
     * @param wire   wraps the stream of the caller's words, to count what passes
     * @throws Failure when either could not be run, or its connection broke
     */
    public static DuplexPipe of(RemotePipe.Side caller, Function<String, RemotePipe.Side> answer,
            UnaryOperator<OutputStream> wire, Duration limit) {
        try (var up = new Line(new BoundedPipe()); var down = new Line(new BoundedPipe())) {
            var greeting = new FirstLineReader(wire.apply(up.mouth()));
            var calling = CompletableFuture.supplyAsync(() -> call(caller, down, greeting, limit),
                    DaemonThreads.each("caller"));
            try {
                return talk(calling, greeting, answer, up, down, limit);
            } catch (RuntimeException e) {
                down.hangUp();
                up.deafen();
                throw root(e, calling);
            }
        } catch (IOException e) {
            throw Failure.failed(caller.shell().where(), "cannot be joined to another place: " + e.getMessage());
        }
    }

    private static DuplexPipe talk(CompletableFuture<ExitStatus> calling, FirstLineReader greeting,
            Function<String, RemotePipe.Side> answer, Line up, Line down, Duration limit) throws IOException {
        var line = greeting.line().join();
        if (line.isEmpty()) {
            return new DuplexPipe(calling.join(), Optional.empty());
        }
        var callee = answer.apply(line.get());
        var command = callee.command().reading(new Input.Stream(up.ear()));
        var answered = callee.shell().execute(command, down.mouth(), callee.ear(), limit);
        down.hangUp();
        up.deafen();
        return new DuplexPipe(calling.join(), Optional.of(answered));
    }

    private static ExitStatus call(RemotePipe.Side caller, Line down, FirstLineReader greeting, Duration limit) {
        try {
            return caller.shell().execute(caller.command().reading(new Input.Stream(down.ear())), greeting,
                    caller.ear(), limit);
        } finally {
            greeting.close();
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
    private record Line(TolerantOutput mouth, InputStream ear) implements AutoCloseable {

        Line(BoundedPipe passage) {
            this(new TolerantOutput(passage.mouth()), passage.reader());
        }

        void hangUp() throws IOException {
            mouth.close();
        }

        void deafen() throws IOException {
            mouth.deafen();
            ear.close();
        }

        @Override
        public void close() throws IOException {
            mouth.close();
            ear.close();
        }
    }
}
