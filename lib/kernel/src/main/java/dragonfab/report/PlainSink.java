package dragonfab.report;

import java.io.PrintStream;
import java.util.List;

/** Lines for a file, a pipe or a build log: one for each step that ended, failures on the error stream. */
public final class PlainSink implements Sink {
    private final WholeWriter out;
    private final WholeWriter err;
    private final Transcript transcript;

    public PlainSink(PrintStream out, PrintStream err, Verbosity verbosity) {
        this(out, err, new Transcript(Style.PLAIN, verbosity, true, true));
    }

    /** @param screens the streams that end at a terminal, which must not be steered */
    PlainSink(PrintStream out, PrintStream err, Verbosity verbosity, Screens screens) {
        this(out, err, new Transcript(Style.PLAIN, verbosity, !screens.out(), !screens.err()));
    }

    PlainSink(PrintStream out, PrintStream err, Transcript transcript) {
        this.out = new WholeWriter(out);
        this.err = new WholeWriter(err);
        this.transcript = transcript;
    }

    @Override
    public synchronized void accept(Event event) {
        print(transcript.tell(event));
    }

    @Override
    public synchronized void list(List<Event> lines) {
        transcript.cut(lines).forEach(this::accept);
    }

    @Override
    public synchronized void hold() {
        print(transcript.rest());
    }

    @Override
    public synchronized void finish() {
        print(transcript.rest());
    }

    private void print(List<Line> lines) {
        for (Line line : lines) {
            (line.error() ? err : out).write(line.text() + "\n");
        }
    }
}
