package dragonfab.database.migrate;

import dragonfab.database.migrate.Change.Kind;
import dragonfab.database.migrate.DatabaseMemory.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A project's patches or fixtures, in their order, beside what one database has had of them. */
public record ChangeHistory(Kind kind, Map<String, Change> files, DatabaseMemory memory) {

    public enum State { APPLIED, PENDING, HELD, CHANGED, MISSING, UNFINISHED }

    public static ChangeHistory of(Kind kind, List<? extends Change> changes, DatabaseMemory memory) {
        var files = new LinkedHashMap<String, Change>();
        changes.forEach(change -> files.put(change.name(), change));
        return new ChangeHistory(kind, files, memory);
    }

    /** The names of those in this state. */
    public List<String> in(State state) {
        return names().stream().filter(name -> state(name) == state).toList();
    }

    public List<Change> pending() {
        return in(State.PENDING).stream().map(files::get).toList();
    }

    public State state(String name) {
        var before = memory.had(kind).get(name);
        if (before == null) {
            return memory.held().containsKey(name) ? State.HELD : State.PENDING;
        }
        if (before.at().isEmpty()) {
            return State.UNFINISHED;
        }
        return !files.containsKey(name) ? State.MISSING
                : before.sha256().equals(files.get(name).sha256()) ? State.APPLIED : State.CHANGED;
    }

    /** A row for each, of a file or of the database. @param times shows a moment */
    public List<Map<String, String>> rows(Function<Instant, String> times) {
        return names().stream().map(name -> row(name).shown(name, word(state(name)), times)).toList();
    }

    private Row row(String name) {
        var known = state(name) == State.HELD ? memory.held() : memory.had(kind);
        return known.getOrDefault(name, new Row("", "", ""));
    }

    private String word(State state) {
        return state == State.APPLIED ? kind.done() : state.name().toLowerCase(Locale.ROOT);
    }

    /** Patches come in order of name, also those whose files are gone; fixtures in the order of their list. */
    private List<String> names() {
        var names = kind == Kind.PATCH ? new TreeMap<String, Object>(files) : new LinkedHashMap<String, Object>(files);
        memory.had(kind).forEach(names::putIfAbsent);
        return new ArrayList<>(names.keySet());
    }
}
