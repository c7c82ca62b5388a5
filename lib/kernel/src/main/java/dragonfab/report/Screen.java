package dragonfab.report;

import java.io.PrintStream;
import java.util.List;

/**
 * The lower end of a terminal: lines that stay scroll up, and below them live ones are drawn over again.
 *
 * <p>Between two drawings the cursor is on the first live line: there it stays when the terminal folds lines
 * because it became narrower, so nothing has to be counted, and what is below is ours.
 */
final class Screen {
    private static final String CSI = "\u001b[";
    private static final String CLEAR_REST = CSI + "J";
    /** From one column in: tmux takes clearing from its upper left corner for a wish to keep all of it. */
    private static final String CLEAR_BELOW = " " + CLEAR_REST + "\r";
    private static final String CLEAR_RIGHT = CSI + "K";
    private static final String HIDE_CURSOR = CSI + "?25l";
    private static final String SHOW_CURSOR = CSI + "?25h";
    private static final String NO_FOLDING = CSI + "?7l";
    private static final String FOLDING = CSI + "?7h";

    private final WholeWriter out;
    private final WholeWriter err;
    private List<String> live = List.of();

    Screen(PrintStream out, PrintStream err) {
        this.out = new WholeWriter(out);
        this.err = new WholeWriter(err);
    }

    boolean isLive() {
        return !live.isEmpty();
    }

    /** One piece for the terminal, so that it never shows a half of it; false when there was nothing new. */
    boolean draw(List<Line> above, List<String> live, int columns) {
        if (above.isEmpty() && live.equals(this.live)) {
            return false;
        }
        // A typed ^C is echoed at the cursor and moves it.
        var piece = new StringBuilder(isLive() ? "\r" : "");
        for (Line line : above) {
            if (line.error()) {
                piece = aside(piece, line);
            } else {
                piece.append(scrolled(line.text(), columns));
            }
        }
        piece.append(drawn(live));
        this.live = live;
        if (piece.length() > 0) {
            out.write(piece);
        }
        return true;
    }

    private StringBuilder aside(StringBuilder piece, Line line) {
        // The error stream may be the same terminal, or a file: no sequences of ours go there.
        out.write(isLive() ? piece.append(CLEAR_BELOW) : piece);
        err.write(line.text() + "\n");
        return new StringBuilder();
    }

    /** Written over a live line; of a text as wide as the screen, clearing after it would eat the end. */
    private String scrolled(String text, int columns) {
        if (!isLive()) {
            return text + "\n";
        }
        var narrow = text.indexOf('\n') < 0 && TerminalText.width(TerminalText.clean(text)) < columns;
        return narrow ? text + CLEAR_RIGHT + "\n" : CLEAR_BELOW + text + "\n";
    }

    private String drawn(List<String> lines) {
        if (lines.isEmpty()) {
            return isLive() ? CLEAR_BELOW + SHOW_CURSOR : "";
        }
        var up = lines.size() > 1 ? CSI + (lines.size() - 1) + "A" : "";
        return (isLive() ? "" : HIDE_CURSOR) + NO_FOLDING
                + String.join(CLEAR_RIGHT + "\n", lines) + CLEAR_REST + FOLDING + up + "\r";
    }
}
