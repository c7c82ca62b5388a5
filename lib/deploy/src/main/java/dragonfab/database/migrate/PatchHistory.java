package dragonfab.database.migrate;

import dragonfab.report.TimeText;
import dragonfab.database.Database;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A project's patches beside what one database has had of them, in order of name. */
public record PatchHistory(Map<String, Patch> files, Map<String, Had> had) {
    private static final int COLUMNS = 4;

    /** @param at empty when it was begun and not finished */
    public record Had(String sha256, String at, String by) {
    }

    public enum State { APPLIED, PENDING, CHANGED, MISSING, UNFINISHED }

    public static Command question(Database database) {
        return database.byDba("database/patches", Input.NOTHING).asking();
    }

    /** @param lines the answer to the question */
    public static PatchHistory of(List<Patch> patches, List<String> lines) {
        var files = new TreeMap<String, Patch>();
        patches.forEach(patch -> files.put(patch.name(), patch));
        var had = new TreeMap<String, Had>();
        for (var line : lines) {
            var column = line.split("\t", COLUMNS);
            had.put(column[COLUMNS - 1], new Had(column[0], column[1], column[2]));
        }
        return new PatchHistory(files, had);
    }

    /** The names of those in this state. */
    public List<String> in(State state) {
        return names().stream().filter(name -> state(name) == state).toList();
    }

    public List<Patch> pending() {
        return in(State.PENDING).stream().map(files::get).toList();
    }

    public State state(String name) {
        var before = had.get(name);
        if (before == null) {
            return State.PENDING;
        }
        if (before.at().isEmpty()) {
            return State.UNFINISHED;
        }
        return !files.containsKey(name) ? State.MISSING
                : before.sha256().equals(files.get(name).sha256()) ? State.APPLIED : State.CHANGED;
    }

    /** A row for each, of a file or of the database. @param times shows a moment */
    public List<Map<String, String>> rows(Function<Instant, String> times) {
        return names().stream().map(name -> row(name, times)).toList();
    }

    private Map<String, String> row(String name, Function<Instant, String> times) {
        var before = had.getOrDefault(name, new Had("", "", ""));
        var row = new LinkedHashMap<String, String>();
        row.put("name", name);
        row.put("state", state(name).name().toLowerCase(java.util.Locale.ROOT));
        row.put("when", TimeText.shown(before.at(), times));
        row.put("by", before.by());
        return row;
    }

    private List<String> names() {
        var names = new TreeMap<String, Object>(files);
        names.putAll(had);
        return new ArrayList<>(names.keySet());
    }
}
