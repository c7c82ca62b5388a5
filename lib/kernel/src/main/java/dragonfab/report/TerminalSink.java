package dragonfab.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lines that stay, and below them one live line for each step under way.
 *
 * <p>The live ones are drawn at most ten times a second, and nothing of them is left after {@link #finish}.
 */
public final class TerminalSink implements Sink {
    private static final long FRAME = 100_000_000L;
    private static final long SIZE_FRESH = 2_000_000_000L;

    private final Screen screen;
    private final Transcript transcript;
    private final LiveSteps live;
    private final LongSupplier clock;
    private final Supplier<Optional<Size>> ask;
    private final List<Line> waiting = new ArrayList<>();
    private final Ticker ticker = new Ticker(FRAME, this::tick);
    private volatile Size size = Size.USUAL;
    private volatile long asked;
    private long drawn;
    private int held;
    private boolean finished;

    TerminalSink(PrintStream out, PrintStream err, Verbosity verbosity, Style style) {
        this(out, err, verbosity, style, System::nanoTime, Size::ask, Screens.ask().err());
        ticker.arm();
    }

    /** Without a heartbeat of its own: {@link #tick} is the caller's. */
    TerminalSink(PrintStream out, PrintStream err, Verbosity verbosity, Style style, LongSupplier clock,
            Supplier<Optional<Size>> ask, boolean wrapsErr) {
        this.screen = new Screen(out, err);
        this.transcript = new Transcript(style, verbosity, this::columns, wrapsErr);
        this.live = new LiveSteps(style);
        this.clock = clock;
        this.ask = ask;
        this.asked = clock.getAsLong() - SIZE_FRESH;
        this.drawn = clock.getAsLong() - FRAME;
    }

    @Override
    public synchronized void accept(Event event) {
        if (!finished) {
            live.follow(event, clock.getAsLong());
            if (event.kind() == Event.Kind.START) {
                ticker.start();
            }
        }
        var lines = transcript.tell(event);
        waiting.addAll(lines);
        if (lines.isEmpty() || held > 0) {
            return;
        }
        if (!screen.isLive()) {
            // Only the ticker brings live lines up, after it asked how wide they may be.
            draw(List.of());
        } else if (lines.stream().anyMatch(Line::error)) {
            draw(live());
        }
    }

    /** What the heartbeat does; the terminal is asked outside the lock, since that takes a process. */
    void tick() {
        columns();
        synchronized (this) {
            if (isDue() && held == 0) {
                draw(live());
            }
        }
    }

    private int columns() {
        if (clock.getAsLong() - asked >= SIZE_FRESH) {
            asked = clock.getAsLong();
            size = ask.get().orElse(size);
        }
        return size.columns();
    }

    private boolean isDue() {
        return clock.getAsLong() - drawn >= FRAME;
    }

    private List<String> live() {
        return live.lines(size, clock.getAsLong(), screen.isLive());
    }

    private void draw(List<String> lines) {
        // Lines that stay, alone, must not keep the live ones from their turn.
        if (screen.draw(waiting, lines, size.columns()) && screen.isLive()) {
            drawn = clock.getAsLong();
        }
        waiting.clear();
    }

    @Override
    public synchronized void list(List<Event> lines) {
        transcript.cut(lines).forEach(this::accept);
    }

    @Override
    public synchronized void hold() {
        held++;
        waiting.addAll(transcript.rest());
        draw(List.of());
    }

    @Override
    public synchronized void release() {
        held = Math.max(0, held - 1);
        if (held == 0) {
            draw(List.of());
        }
    }

    @Override
    public synchronized void finish() {
        finished = true;
        held = 0;
        ticker.stop();
        waiting.addAll(transcript.rest());
        waiting.addAll(live.rest(clock.getAsLong()));
        draw(List.of());
    }
}
