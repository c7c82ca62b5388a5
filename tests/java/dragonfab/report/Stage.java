package dragonfab.report;

import java.util.Optional;

/** A live display on a terminal in miniature, where time passes when the test says so. */
abstract class Stage {
    final Captured out = new Captured();
    Size size = new Size(60, 10);
    long now;
    Grid grid = new Grid(60);
    final TerminalSink sink = sink(out);
    final Report report = new Report(sink);

    final TerminalSink sink(Captured err) {
        var style = new Style(true, true, true);
        return new TerminalSink(out.stream, err.stream, Verbosity.NORMAL, style, () -> now,
                () -> Optional.of(size), true);
    }

    final void after(long millis) {
        now += millis * 1_000_000;
        sink.tick();
    }

    final String seen() {
        return grid.show(out.taken()).text();
    }
}
