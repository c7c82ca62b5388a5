package dragonfab.ops;

import dragonfab.shell.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a target comes back from a change without anybody: commands in their order.
 *
 * @param outcome  what the journal says of the change when it was taken, unless a command decides that
 * @param patience how long after the last step it waits for a word, though whoever changes the target lives
 */
public record WayBack(List<Command> commands, ReleaseOutcome outcome, Duration patience) {
    public WayBack {
        commands = List.copyOf(commands);
    }

    /**
     * Makes it ready for a run, before its first change.
     *
     * @param folder where the target keeps what it knows of the site
     */
    Command arm(String folder, String run) {
        var texts = Map.of("go", Snippet.joined(List.of("journal-line", "way-back-go")),
                "tick", Snippet.text("way-back-tick"), "disarm", Snippet.text("way-back-disarm"),
                "service", unit("way-back.service", folder), "timer", unit("way-back.timer", folder));
        return Snippet.printing(texts, List.of("lock-ours"), "way-back-arm", folder, run, patience.toSeconds(),
                outcome.text(), line());
    }

    private static String unit(String file, String folder) {
        return Snippet.text(file).replace("@NAME@", folder.substring(folder.lastIndexOf('/') + 1))
                .replace("@FOLDER@", folder);
    }

    /** For a shell; the first that fails ends it. */
    private String line() {
        return commands.isEmpty() ? "true" : commands.stream().map(Command::line).collect(Collectors.joining(" &&\n"));
    }
}
