package dragonfab.state;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Plain;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The automatic rollback of a target: commands in their order, which it runs by itself.
 *
 * @param outcome  what the journal says of the change when it was taken, unless a command decides that
 * @param patience how long after the last step it waits for a word, though whoever changes the target lives
 * @param watch    what it looks at before, so that it never undoes what a person has done meanwhile
 */
public record RollbackPlan(List<Command> commands, ReleaseOutcome outcome, Duration patience, RollbackWatch watch) {
    public RollbackPlan {
        commands = List.copyOf(commands);
    }

    public RollbackPlan(List<Command> commands, ReleaseOutcome outcome, Duration patience) {
        this(commands, outcome, patience, RollbackWatch.NONE);
    }

    /**
     * Makes it ready for a run, before its first change.
     *
     * @param folder where the target keeps what it knows of the site
     */
    public Command arm(String folder, String run) {
        var texts = Map.of("go",
                ShellScript.joined(List.of("state/journal/line", "state/rollback/seen", "state/rollback/go")),
                "tick", ShellScript.text("state/rollback/tick"), "disarm", ShellScript.text("state/rollback/disarm"),
                "service", unit("state/rollback/timer.service", folder), "timer",
                unit("state/rollback/timer.timer", folder));
        var arm = ShellScript.printing(texts, List.of("state/lock/ours"), "state/rollback/arm", folder, run,
                patience.toSeconds(), outcome.text());
        boolean open = commands.stream().allMatch(command -> command.input() == Input.NOTHING);
        var whole = arm.with(open ? line() : "-").with(watch.fingerprint().line(), watch.failing().line());
        return open ? whole : whole.reading(Input.of(Secret.of(line())));
    }

    private static String unit(String file, String folder) {
        return ShellScript.text(file).replace("@NAME@", folder.substring(folder.lastIndexOf('/') + 1))
                .replace("@FOLDER@", folder);
    }

    /** For a shell; the first that fails ends it. */
    private String line() {
        return commands.isEmpty() ? "true" : commands.stream().map(RollbackPlan::line)
                .collect(Collectors.joining(" &&\n"));
    }

    /** What it reads is in the line, which lies in a file of root's; printf is no program with arguments of its own. */
    private static String line(Command command) {
        return command.input() instanceof Input.Words words && words != Input.NOTHING
                ? "printf %s " + new Plain(words.text()).typed() + " | " + command.line() : command.line();
    }
}
