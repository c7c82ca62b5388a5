package dragonfab.state;

import dragonfab.shell.KeyedLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a target says of its lock; nothing of it changes by asking. */
public record LockStatus(List<String> lines) {

    public LockStatus {
        lines = List.copyOf(lines);
    }

    /** Whether a step runs that could be followed. */
    public boolean stepRuns() {
        return new KeyedLines(lines).value("step").isPresent();
    }

    /** Whether a run has it. */
    public boolean isHeld() {
        return new KeyedLines(lines).value("owner").isPresent();
    }

    /** Whether that run has it. */
    public boolean isHeldBy(String run) {
        return new KeyedLines(lines).value("owner").filter(owner -> LockOwner.of(owner).id().equals(run)).isPresent();
    }

    /** For people: who, since when, at what; free without anybody. @param times shows a moment */
    public String shown(Function<Instant, String> times) {
        var words = new ArrayList<String>();
        for (var line : lines) {
            var parts = line.split(" ", 2);
            var said = parts.length > 1 ? parts[1] : "";
            switch (parts[0]) {
                case "owner" -> words.add("held by " + LockOwner.of(said).shown(times));
                case "step" -> words.add("at: " + said);
                case "held" -> words.add("kept from its end by " + said);
                case "hold" -> words.add("deploy freeze by " + LockOwner.of(said).shown(times));
                default -> {}
            }
        }
        return words.isEmpty() ? "free" : String.join("; ", words);
    }
}
