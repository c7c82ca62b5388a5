package dragonfab.lxc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lxc-ls and lxc-snapshot print, as rows. */
public final class LxcTable {
    private static final Pattern COLUMN = Pattern.compile("\\S+\\s*");
    private static final Pattern SNAPSHOT = Pattern.compile("(\\S+) \\(/.*\\) (\\d+):(\\d+):(\\d+) ([\\d:]+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+$");

    private LxcTable() {
    }

    /** A cell is where its column's head is, for an address may hold blanks and a missing one is a dash. */
    public static List<Map<String, String>> containers(List<String> lines) {
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            var row = new LinkedHashMap<String, String>();
            var column = COLUMN.matcher(lines.get(0));
            while (column.find()) {
                var cell = line.substring(Math.min(line.length(), column.start()),
                        column.hitEnd() ? line.length() : Math.min(line.length(), column.end())).strip();
                row.put(name(column.group().strip()), cell.equals("-") ? "" : cell);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String name(String head) {
        return switch (head) {
            case "NAME" -> "container";
            case "IPV4" -> "address";
            default -> head.toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** The oldest first, though lxc-snapshot lists them in no order; a comment is the lines below. */
    public static List<Map<String, String>> snapshots(List<String> lines) {
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines) {
            var snapshot = SNAPSHOT.matcher(line);
            if (snapshot.matches()) {
                rows.add(row(snapshot));
            } else if (!rows.isEmpty()) {
                rows.get(rows.size() - 1).merge("comment", line, (above, below) -> (above + " " + below).strip());
            }
        }
        rows.sort((one, other) -> {
            int order = one.get("at").compareTo(other.get("at"));
            return order != 0 ? order : Long.compare(number(one), number(other));
        });
        return rows;
    }

    private static Map<String, String> row(Matcher snapshot) {
        var row = new LinkedHashMap<String, String>();
        row.put("snapshot", snapshot.group(1));
        row.put("at", snapshot.group(2) + "-" + snapshot.group(3) + "-" + snapshot.group(4) + " " + snapshot.group(5));
        row.put("comment", "");
        return row;
    }

    /** Several can be of one second. */
    private static long number(Map<String, String> row) {
        var number = NUMBER.matcher(row.get("snapshot"));
        return number.find() ? Long.parseLong(number.group()) : 0;
    }
}
