package dragonfab.ops;

import dragonfab.shell.Command;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a target comes back from a change without anybody: commands in their order.
 *
 * @param outcome  what the journal says of the change when it was taken, unless a command decides that
 * @param patience how long after the last step it waits for a word, though whoever changes the target lives
 */
public record WayBack(List<Command> commands, String outcome, Duration patience) {
    /** The outcome where nothing was taken back. */
    public static final String STUCK = "stuck";

    public WayBack {
        commands = List.copyOf(commands);
    }

    /** For a shell; the first that fails ends it. */
    String line() {
        return commands.isEmpty() ? "true" : commands.stream().map(Command::line).collect(Collectors.joining(" &&\n"));
    }
}
