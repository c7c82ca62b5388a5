package dragonfab.target;

import dragonfab.shell.Command;
import dragonfab.shell.ExitStatus;
import dragonfab.shell.Shell;
import dragonfab.shell.stream.RemotePipe;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The streams of one target's commands, for answers too large for memory and for pipes between two targets. */
public final class RemoteStreams {
    private final Shell shell;
    private final Duration limit;

    RemoteStreams(Shell shell, Duration limit) {
        this.shell = shell;
        this.limit = limit;
    }

    /** An answer that flows on while it comes, and what is said beside it. Any exit code is taken. */
    public ExitStatus flow(Command question, OutputStream out, OutputStream err) {
        return flow(question, out, err, limit);
    }

    /** @param within null for what ends when we say so */
    ExitStatus flow(Command question, OutputStream out, OutputStream err, Duration within) {
        return shell.execute(question, out, err, within);
    }

    /** This target's half of a {@link RemotePipe}. @param stderr gets what is for people */
    public RemotePipe.Side side(Command command, OutputStream stderr) {
        return new RemotePipe.Side(shell, command, stderr);
    }

    /** The reader gets what the writer writes. @param wrapper wraps the stream between them */
    public RemotePipe join(RemotePipe.Side writer, RemotePipe.Side reader, UnaryOperator<OutputStream> wrapper) {
        return RemotePipe.of(writer, reader, wrapper, limit);
    }
}
