package dragonfab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Rows that wait for each other, since the widest cell decides the column. */
final class Table {
    private static final String GAP = "  ";

    private final String name;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Table(String name) {
        this.name = name;
    }

    boolean isCalled(String other) {
        return name.equals(other);
    }

    void add(Map<String, Object> row) {
        rows.add(new LinkedHashMap<>(row));
    }

    /** The header, and a line for each row; a column that only later rows have comes last. */
    List<String> lines(Style style, UnaryOperator<String> shown) {
        rows.forEach(row -> row.replaceAll((column, value) -> value == null ? "" : shown.apply(value.toString())));
        var widths = new LinkedHashMap<String, Integer>();
        for (var row : rows) {
            row.keySet().forEach(column -> widths.merge(column,
                    Math.max(width(column), width(cell(row, column))), Math::max));
        }
        var lines = new ArrayList<String>();
        lines.add(style.bold(line(widths, column -> oneLine(column))));
        rows.forEach(row -> lines.add(line(widths, column -> cell(row, column))));
        return lines;
    }

    private static String line(Map<String, Integer> widths, UnaryOperator<String> cell) {
        return widths.entrySet().stream()
                .map(column -> TerminalText.pad(cell.apply(column.getKey()), column.getValue()))
                .collect(Collectors.joining(GAP)).stripTrailing();
    }

    private static String cell(Map<String, Object> row, String column) {
        var value = row.get(column);
        return value == null ? "" : oneLine(value.toString());
    }

    private static int width(String cell) {
        return TerminalText.width(oneLine(cell));
    }

    private static String oneLine(String text) {
        return TerminalText.clean(text).replace('\n', ' ');
    }
}
