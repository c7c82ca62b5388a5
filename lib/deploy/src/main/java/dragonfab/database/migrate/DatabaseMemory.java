package dragonfab.database.migrate;

import dragonfab.database.Database;
import dragonfab.report.TimeText;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What one database remembers of itself: the patches and fixtures it has had, and what is held back. */
public record DatabaseMemory(Map<String, Row> patches, Map<String, Row> fixtures, Map<String, Row> held) {
    private static final int COLUMNS = 5;

    /**
     * @param sha256 empty for what is held
     * @param at     empty when it was begun and not finished
     */
    public record Row(String sha256, String at, String by) {
        /** In the columns of a table. @param times shows a moment */
        Map<String, String> shown(String name, String state, Function<Instant, String> times) {
            var row = new LinkedHashMap<String, String>();
            row.put("name", name);
            row.put("state", state);
            row.put("when", TimeText.shown(at, times));
            row.put("by", by);
            return row;
        }
    }

    public static Command question(Database database) {
        return database.byDba("database/patches", Input.NOTHING).asking();
    }

    /** @param lines the answer to the question */
    public static DatabaseMemory of(List<String> lines) {
        var memory = new DatabaseMemory(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (var line : lines) {
            var column = line.split("\t", COLUMNS);
            var rows = switch (column[0]) {
                case "patch" -> memory.patches;
                case "fixture" -> memory.fixtures;
                default -> memory.held;
            };
            rows.put(column[COLUMNS - 1], new Row(column[1], column[2], column[3]));
        }
        return memory;
    }

    Map<String, Row> had(Change.Kind kind) {
        return kind == Change.Kind.PATCH ? patches : fixtures;
    }

    /** Who holds it back since when. @param times shows a moment */
    String holder(String name, Function<Instant, String> times) {
        var row = held.get(name);
        return row.by() + ", " + TimeText.shown(row.at(), times);
    }
}
