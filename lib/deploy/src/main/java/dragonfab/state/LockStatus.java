package dragonfab.state;

import dragonfab.shell.KeyedLines;
import java.util.ArrayList;
import java.util.List;

/** What a target says of its lock; nothing of it changes by asking. */
public record LockStatus(List<String> lines) {

    public LockStatus {
        lines = List.copyOf(lines);
    }

    /** Whether a step runs that could be followed. */
    public boolean stepRuns() {
        return new KeyedLines(lines).value("step").isPresent();
    }

    /** For people: who, since when, at what; free without anybody. */
    public String shown() {
        var words = new ArrayList<String>();
        for (var line : lines) {
            var parts = line.split(" ", 2);
            var said = parts.length > 1 ? parts[1] : "";
            switch (parts[0]) {
                case "owner" -> words.add("held by " + LockOwner.of(said).shown());
                case "step" -> words.add("at: " + said);
                case "hold" -> words.add("on hold by " + LockOwner.of(said).shown());
                default -> { }
            }
        }
        return words.isEmpty() ? "free" : String.join("; ", words);
    }
}
