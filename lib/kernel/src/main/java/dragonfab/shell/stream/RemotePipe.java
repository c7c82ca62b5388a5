package dragonfab.shell.stream;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.DaemonThreads;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Input;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/**
 * Two commands in two places, the one reading what the other writes while both run; nothing lands in between.
 *
 * <p>When either ends, the other's stream ends too. A reader cannot see whether the writer's end was a good one, so
 * nobody may believe what was read before both ends are known to be good.
 *
 * @param writing how the writer ended
 * @param reading how the reader ended
 */
public record RemotePipe(ExitStatus writing, ExitStatus reading) {
    /** What a shell says of a command that wrote to nobody. */
    private static final int CUT_OFF = 141;

    /** One command's place, and who hears its errors (and its words, for the reader). */
    public record Side(Shell shell, Command command, OutputStream stderr) {
    }

    /**
     * Runs both to their ends.
     *
     * @param wrapper wraps the stream between them, to count or to check what passes
     * @throws Failure when either could not be run, or its connection broke
     */
    public static RemotePipe of(Side writer, Side reader, UnaryOperator<OutputStream> wrapper, Duration limit) {
        try {
            var pipe = new BoundedPipe();
            var reading = CompletableFuture.supplyAsync(() -> read(reader, pipe, limit),
                    DaemonThreads.each("reader"));
            try (var into = wrapper.apply(pipe.writer())) {
                var said = writer.shell().execute(writer.command(), into, writer.stderr(), limit);
                into.close();
                return new RemotePipe(said, reading.join());
            } catch (RuntimeException e) {
                pipe.writer().close();
                return new RemotePipe(ExitStatus.with(CUT_OFF), cause(e, reading));
            }
        } catch (IOException e) {
            throw Failure.failed(writer.shell().where(), "cannot be joined to " + reader.shell().where() + ": "
                    + e.getMessage());
        }
    }

    /** A writer whose reader is gone fails too, and the reader knows why. */
    private static ExitStatus cause(RuntimeException writers, CompletableFuture<ExitStatus> reading) {
        try {
            var ended = reading.join();
            if (ended.ok()) {
                throw writers;
            }
            return ended;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException readers ? readers : writers;
        }
    }

    private static ExitStatus read(Side reader, BoundedPipe pipe, Duration limit) {
        try (var from = pipe.reader()) {
            var command = reader.command();
            return reader.shell().execute(command.reading(command.input().then(new Input.Stream(from))),
                    reader.stderr(), reader.stderr(), limit);
        } catch (IOException e) {
            throw Failure.failed(reader.shell().where(), "its input broke: " + e.getMessage());
        }
    }
}
