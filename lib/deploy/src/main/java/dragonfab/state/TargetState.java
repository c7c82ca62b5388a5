package dragonfab.state;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Nested;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What dragonfab keeps on a target for one application, whatever kind its releases are, and the questions about it. */
public record TargetState(String name) {
    private static final String FACTS = "state/facts.pl";

    public String folder() {
        return "/var/lib/dragonfab/" + name;
    }

    /** What lies there, and none of the release that runs. */
    public Command facts() {
        return ShellScript.of(FACTS, name).asRoot().asking();
    }

    /** What lies there, and behind it what one kind of release knows. @param script in Perl */
    public Command facts(String script) {
        return ShellScript.after(FACTS, script, name).asRoot().asking();
    }

    /** The last words of these units. */
    public Command lastWords(List<String> units) {
        return ShellScript.of("state/unit/log").with(units.toArray()).asRoot().asking();
    }

    public Command append(String line) {
        return ShellScript.after("state/journal/line", "state/journal/append", folder(), line).asRoot();
    }

    /** Adds what a run begins, as long as it holds the lock. */
    public Command intent(String run, String line) {
        return ShellScript.after(List.of("state/lock/ours", "state/journal/line"), "state/journal/intent", folder(),
                run, line).asRoot();
    }

    /**
     * Holds the site as long as it is fed; prints "held", or who has it.
     *
     * @param mark      a word that nobody could know before
     * @param questions of root's, answered under the lock; behind each answer comes the mark and the exit code
     */
    public Command holdLock(LockOwner info, Duration wait, String mark, List<Command> questions) {
        return holding(folder(), Math.max(1, wait.toSeconds()), info.line(), mark, questions).asRoot();
    }

    static Command holding(String folder, long seconds, String info, String mark, List<Command> questions) {
        var hold = ShellScript.of("state/lock/hold.pl", folder, seconds, info, mark);
        for (var question : questions) {
            hold = hold.with(question.words().size()).with(question.words().toArray());
        }
        return hold;
    }

    /** Who holds the site, which step runs, and who forbade deploys. */
    public Command lockFacts() {
        return ShellScript.of("state/lock/facts", folder()).asRoot().asking();
    }

    /** Forbids deploys. */
    public Command hold(LockOwner info) {
        return ShellScript.after("state/tighten", "state/lock/note", folder(), info.line()).asRoot();
    }

    /** Allows them again; prints "changed" when they were forbidden. */
    public Command release() {
        return ShellScript.after("state/tighten", "state/lock/note", folder()).asRoot();
    }

    /**
     * Begins a step that goes on without us, and shows it to its end, which is its own.
     *
     * @param limit after which it is ended there, with all that it began and that keeps it from its end
     */
    public Command step(String run, String title, Command command, Duration limit) {
        return step(run, title, command, limit, List.of());
    }

    /** Begins the rollback as a step: {@link #rollBack} or {@link #heal}. */
    public Command rollbackStep(String run, String title, Command command, Duration limit) {
        return step(run, title, command, limit, List.of("rollback"));
    }

    private Command step(String run, String title, Command command, Duration limit, List<String> what) {
        boolean another = command.user() != null && !command.user().equals("root");
        var line = new Nested(another ? command.behind("runuser", "-u", command.user(), "--") : command);
        return stepping(folder(), run, title, line, limit).with(what.toArray()).reading(command.input()).asRoot();
    }

    /** @param line a command, or a line of shell */
    public static Command stepping(String folder, String run, String title, Object line, Duration limit) {
        var texts = Map.of("unit",
                ShellScript.joined(List.of("state/journal/line", "state/rollback/seen", "state/step/unit")),
                "end", ShellScript.text("state/step/end.pl"), "seconds", Math.max(1, limit.toSeconds()) + "\n");
        return ShellScript.printing(texts, List.of("state/lock/ours", "state/step/run"),
                "state/step/follow", folder, run, title, line);
    }

    /** Arms the rollback of a run, before its first change. */
    public Command arm(String run, RollbackPlan back) {
        return back.arm(folder(), run).asRoot();
    }

    /**
     * In place of a rollback, where none is safe: the target judges by itself whether that version is well, and
     * writes it down.
     *
     * @param running prints the version that runs
     * @param failing prints the units that should run and do not
     * @param ask     what the site is asked on the target; with it come the status and the text that it has to answer
     */
    public Command judge(String version, Duration patience, Command running, Command failing, Optional<Command> ask,
            List<?> expected) {
        var judge = ShellScript.of("state/rollback/judge", folder(), version, patience.toSeconds(), running, failing);
        return ask.map(question -> question.input() == Input.NOTHING
                ? judge.with(question).with(expected.toArray())
                : judge.with(question, "-").reading(Input.of(expected.get(0), "\n").then(question.input())
                        .then(Input.of(Secret.of(String.valueOf(expected.get(1)))))))
                .orElse(judge).asRoot();
    }

    /** The rollback of that run waits as long again. */
    public Command extend(String run) {
        return ShellScript.after(List.of("state/lock/ours", "state/rollback/armed"), "state/rollback/extend", folder(),
                run).asRoot();
    }

    /** The change of that run stays, and the journal gets the line. */
    public Command confirm(String run, String line) {
        return ShellScript.after(List.of("state/lock/ours", "state/rollback/armed", "state/journal/line"),
                "state/rollback/confirm", folder(), run, line).asRoot();
    }

    /** Executes the rollback that is armed; a step. */
    public Command rollBack() {
        return Command.of("sh", folder() + "/rollback/go", folder()).asRoot();
    }

    /** What a rollback could not put back, a line each. */
    public Command notPutBack() {
        return Command.of("cat", folder() + "/rollback/left").asRoot().asking();
    }

    /** Executes the rollback of a deploy that was cut off, whichever installation armed it; a step. */
    public Command heal() {
        return ShellScript.of("state/rollback/heal", folder()).asRoot();
    }

    /** Gives up a rollback that failed: nobody tries it again. @param run that holds the lock */
    public Command abandon(String run) {
        return ShellScript
                .after(List.of("state/journal/line", "state/lock/ours"), "state/rollback/abandon", folder(), run)
                .asRoot();
    }

    /** Leaves the site as visitors saw it before the run. @param server nginx, apache or caddy */
    public Command restoreMaintenance(String server) {
        return ShellScript
                .after(List.of("state/tighten", "web/caddy", "web/server", "state/maintenance/switch"),
                        "state/maintenance/restore",
                        name, server, folder() + "/rollback/site")
                .asRoot();
    }

    /** Shows the step that runs, or the last one, to its end. */
    public Command follow() {
        return ShellScript.of("state/step/follow", folder()).asRoot().asking();
    }
}
