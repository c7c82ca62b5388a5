package dragonfab.report;

import java.util.ArrayList;
import java.util.regex.Pattern;

/** Text that cannot steer a terminal, measured in columns: a remote must not be able to move our cursor. */
public final class TerminalText {
    private static final int TAB = 8;
    private static final Pattern ESCAPES = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]"
            + "|\u001b][^\u0007\u001b\n]*(?:\u0007|\u001b\\\\)?"
            + "|\u001b[P^_X][^\u001b\n]*(?:\u001b\\\\)?"
            + "|\u001b[ -/]*[0-~]");
    /** A progress display returns to the start of its line: what stands there last is what counts. */
    private static final Pattern OVERWRITTEN = Pattern.compile("[^\n]*\r(?=[^\r\n])");

    private TerminalText() {
    }

    /** Line ends stay, everything else that is not a visible character goes. */
    public static String clean(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\n')) {
            return text;
        }
        var plain = OVERWRITTEN.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
        var clean = new StringBuilder();
        var column = 0;
        for (int point : plain.codePoints().toArray()) {
            var shown = shown(point, column);
            clean.append(shown);
            column = point == '\n' ? 0 : column + width(shown);
        }
        return clean.toString();
    }

    private static String shown(int point, int column) {
        if (point == '\n') {
            return "\n";
        }
        if (point == '\t') {
            return " ".repeat(TAB - column % TAB);
        }
        // Variation selectors only choose between faces, and with them between one column and two.
        return invisible(point) || point >= 0xFE00 && point <= 0xFE0F ? "" : Character.toString(point);
    }

    private static boolean invisible(int point) {
        var type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** The columns that one line takes. */
    static int width(String line) {
        return line.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int point) {
        if (point < 0x300) {
            return 1;
        }
        var type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK
                || point >= 0x1160 && point <= 0x11FF) {
            return 0;
        }
        return wide(point) ? 2 : 1;
    }

    private static boolean wide(int point) {
        return point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF && point != 0x303F
                || point >= 0xA960 && point <= 0xA97F
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x1F300 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
    }

    /** The line, or as much of it as fits with an ellipsis. */
    static String cut(String line, int columns, String ellipsis) {
        if (width(line) <= columns) {
            return line;
        }
        var kept = new StringBuilder();
        var left = columns - width(ellipsis);
        for (int point : line.codePoints().toArray()) {
            left -= width(point);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return columns < width(ellipsis) ? "" : kept + ellipsis;
    }

    /**
     * Broken at words where it is wider than the screen; a word that fits on no line stays whole where it is, to be
     * copied.
     *
     * @param before what stands before the first line already, in columns
     * @param indent stands before what goes on below; lines of the text that are indented keep to their own
     */
    static String wrap(String text, int columns, int before, String indent) {
        var lines = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            var own = line.substring(0, line.length() - line.stripLeading().length());
            lines.add(lines.isEmpty() ? wrapLine(line, columns, before, indent) : wrapLine(line, columns, 0, own));
        }
        return String.join("\n", lines);
    }

    private static String wrapLine(String line, int columns, int before, String indent) {
        if (before + width(line) <= columns) {
            return line;
        }
        var wrapped = new StringBuilder();
        int at = before;
        for (String word : line.split("(?<=[^ ]) ", -1)) {
            int wide = width(word);
            if (wrapped.length() > 0 && at + 1 + wide > columns && width(indent) + wide <= columns) {
                wrapped.append('\n').append(indent);
                at = width(indent);
            } else if (wrapped.length() > 0) {
                wrapped.append(' ');
                at++;
            }
            wrapped.append(word);
            at += wide;
        }
        return wrapped.toString();
    }

    static String pad(String line, int columns) {
        return line + " ".repeat(Math.max(0, columns - width(line)));
    }
}
