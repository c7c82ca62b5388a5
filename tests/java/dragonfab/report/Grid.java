package dragonfab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal in miniature: it folds, and knows the sequences that we use; any other is an error. */
final class Grid {
    private static final Pattern PIECE =
            Pattern.compile("\u001b\\[([?0-9;]*)([a-zA-Z])|[^\u001b]", Pattern.DOTALL);

    private final int columns;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;
    private boolean folding = true;
    boolean cursor = true;

    Grid(int columns) {
        this.columns = columns;
    }

    Grid show(String text) {
        var pieces = PIECE.matcher(text);
        while (pieces.find()) {
            if (pieces.group(2) == null) {
                put(pieces.group());
            } else {
                obey(pieces);
            }
        }
        return this;
    }

    private void put(String sign) {
        if (sign.equals("\n")) {
            down();
        } else if (sign.equals("\r")) {
            column = 0;
        } else {
            fold();
            var line = rows.get(row);
            line.append(" ".repeat(Math.max(0, column + 1 - line.length())));
            line.replace(column, column + 1, sign);
            column++;
        }
    }

    private void fold() {
        if (column >= columns && folding) {
            down();
        }
        column = Math.min(column, columns - 1);
    }

    private void down() {
        row++;
        column = 0;
        if (row == rows.size()) {
            rows.add(new StringBuilder());
        }
    }

    private void obey(Matcher sequence) {
        switch (sequence.group(1) + sequence.group(2)) {
            case "J" -> eraseBelow();
            case "K" -> erase();
            case "?7l" -> folding = false;
            case "?7h" -> folding = true;
            case "?25l" -> cursor = false;
            case "?25h" -> cursor = true;
            case "0m", "1m", "2m", "31m", "32m" -> {}
            default -> up(sequence);
        }
    }

    /** As tmux does it: cleared from its first place on, the screen goes to the history. */
    private void eraseBelow() {
        if (row == 0 && column == 0) {
            row = rows.size();
            rows.add(new StringBuilder());
        }
        erase();
        rows.subList(row + 1, rows.size()).clear();
    }

    /** As xterm does it: at the right margin the last sign goes too. */
    private void erase() {
        var line = rows.get(row);
        line.setLength(Math.min(line.length(), Math.min(column, columns - 1)));
    }

    private void up(Matcher sequence) {
        if (!sequence.group(2).equals("A")) {
            throw new IllegalStateException("not a sequence of ours: " + sequence.group().substring(1));
        }
        row -= Integer.parseInt(sequence.group(1));
    }

    /** What is to be seen, without spaces at the ends. */
    String text() {
        var lines = rows.stream().map(line -> line.toString().stripTrailing()).toList();
        return (String.join("\n", lines) + "\n").replaceAll("\n+$", "\n");
    }

    /** Where the cursor is, counted from the top. */
    int row() {
        return row;
    }
}
