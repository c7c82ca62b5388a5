package dragonfab.report;

/** A step under way, as its one line on the screen; the line never is wider than the screen. */
final class LiveStep {
    private static final long SECOND = 1_000_000_000L;
    private static final int LEAST_OUTPUT = 12;

    private final String place;
    private final String title;
    private final long started;
    private TransferRate transferred;
    private String last = "";

    LiveStep(Event start, long now) {
        this.place = oneLine(start.place());
        this.title = oneLine(start.step());
        this.started = now;
    }

    void progress(long done, long total, long now) {
        if (transferred == null || !transferred.isOf(total)) {
            transferred = new TransferRate(done, total, now);
        }
        transferred.reached(done, now);
    }

    void said(String line) {
        var text = oneLine(line).strip();
        last = text.isEmpty() ? last : text;
    }

    /** A step that ends at once has its line that stays, and need not flash before. */
    boolean isWorthALine(long now) {
        return now - started >= SECOND / 10;
    }

    int placeWidth() {
        return TerminalText.width(place);
    }

    long seconds(long now) {
        return Math.max(0, now - started) / SECOND;
    }

    /** The last column stays free: some terminals go to the next line as soon as it is written. */
    String line(int placeWidth, int columns, long now, Style style) {
        var width = columns - 1;
        var state = state(columns, now);
        var head = TerminalText.cut(head(placeWidth, style), Math.max(width - TerminalText.width(state), width / 3),
                style.ellipsis());
        var line = TerminalText.cut(head + state, width, style.ellipsis());
        var left = width - TerminalText.width(line) - 2;
        return last.isEmpty() || left < LEAST_OUTPUT ? line
                : line + "  " + style.dim(TerminalText.cut(last, left, style.ellipsis()));
    }

    private String head(int placeWidth, Style style) {
        var where = TerminalText.pad(TerminalText.cut(place, placeWidth, style.ellipsis()), placeWidth);
        var under = transferred == null ? " " + style.ellipsis() : "";
        return (placeWidth == 0 ? "" : where + "  ") + title + under;
    }

    private String state(int columns, long now) {
        if (transferred != null) {
            return "  " + transferred.shown(columns, now);
        }
        return seconds(now) == 0 ? "" : " " + HumanUnits.time(seconds(now));
    }

    /** What is put down of a step that nobody ended. */
    String unfinished(long now, Style style) {
        var time = " (" + HumanUnits.time(seconds(now)) + ")";
        return style.label("unfinished") + Failures.joined(place, title) + time;
    }

    private static String oneLine(String text) {
        return TerminalText.clean(text).replace('\n', ' ');
    }
}
