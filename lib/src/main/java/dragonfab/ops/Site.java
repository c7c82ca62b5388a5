package dragonfab.ops;

import dragonfab.shell.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Map;

/** What dragonfab keeps on a target for one application, whatever kind its releases are, and the questions about it. */
public record Site(String name) {
    private static final String FACTS = "state-facts.pl";

    public String folder() {
        return "/var/lib/dragonfab/" + name;
    }

    /** What lies there, and none of the release that runs. */
    public Command facts() {
        return Snippet.of(FACTS, name).asRoot().asking();
    }

    /** The same, and behind it what one kind of release knows. @param script in Perl */
    public Command facts(String script) {
        return Snippet.after(FACTS, script, name).asRoot().asking();
    }

    /** The last words of these units. */
    public Command lastWords(List<String> units) {
        return Snippet.of("unit-log").with(units.toArray()).asRoot().asking();
    }

    public Command append(String line) {
        return Snippet.after("journal-line", "journal-append", folder(), line).asRoot();
    }

    /**
     * Holds the site as long as it is fed; prints "held", or who has it.
     *
     * @param questions of root's, answered under the lock; behind each answer comes "answered" and the exit code
     */
    public Command holdLock(LockInfo info, Duration wait, List<Command> questions) {
        return holding(folder(), Math.max(1, wait.toSeconds()), info.line(), questions).asRoot();
    }

    static Command holding(String folder, long seconds, String info, List<Command> questions) {
        var hold = Snippet.of("lock-hold.pl", folder, seconds, info);
        for (var question : questions) {
            hold = hold.with(question.words().size()).with(question.words().toArray());
        }
        return hold;
    }

    /** Who holds the site, which step runs, and who forbade deploys. */
    public Command lockFacts() {
        return Snippet.of("lock-facts", folder()).asRoot().asking();
    }

    /** Forbids deploys. */
    public Command hold(LockInfo info) {
        return Snippet.of("lock-note", folder(), info.line()).asRoot();
    }

    /** Allows them again; prints "changed" when they were forbidden. */
    public Command release() {
        return Snippet.of("lock-note", folder()).asRoot();
    }

    /** Begins a step that goes on without us, and shows it to its end, which is its own. */
    public Command step(String run, String title, Command command) {
        boolean another = command.user() != null && !command.user().equals("root");
        var line = another ? Command.of("runuser", "-u", command.user(), "--").with(command.words().toArray()).line()
                : command.line();
        return stepping(folder(), run, title, line).reading(command.input()).asRoot();
    }

    static Command stepping(String folder, String run, String title, String line) {
        var unit = Snippet.joined(List.of("journal-line", "step-unit"));
        return Snippet.printing(Map.of("unit", unit), List.of("lock-ours", "step-run"), "step-follow", folder, run,
                title, line);
    }

    /** Makes ready the way back of a run, before its first change. */
    public Command arm(String run, WayBack back) {
        return back.arm(folder(), run).asRoot();
    }

    /**
     * As a way back that takes nothing back: the target judges by itself whether that version is well, and writes it
     * down.
     *
     * @param running prints the version that runs
     * @param failing prints the units that should run and do not
     * @param ask     what the site is asked on the target; with it come the status and the text that it has to answer
     */
    public Command judge(String version, Duration patience, Command running, Command failing, Optional<Command> ask,
            List<?> expected) {
        var judge = Snippet.of("way-back-judge", folder(), version, patience.toSeconds(), running, failing);
        return ask.map(question -> judge.with(question).with(expected.toArray())).orElse(judge).asRoot();
    }

    /** The way back of that run waits as long again. */
    public Command stay(String run) {
        return Snippet.after(List.of("lock-ours", "way-back-armed"), "way-back-stay", folder(), run).asRoot();
    }

    /** The change of that run stays, and the journal gets the line. */
    public Command confirm(String run, String line) {
        return Snippet.after(List.of("lock-ours", "way-back-armed", "journal-line"), "way-back-confirm", folder(), run,
                line).asRoot();
    }

    /** Takes the way back that is armed; a step. */
    public Command goBack() {
        return Command.of("sh", folder() + "/way-back/go", folder()).asRoot();
    }

    /** Leaves the site as visitors saw it before the run. @param server nginx or apache */
    public Command restoreMaintenance(String server) {
        return Snippet.after("maintenance-switch", "maintenance-restore", name, server, folder() + "/way-back/site")
                .asRoot();
    }

    /** Shows the step that runs, or the last one, to its end. */
    public Command follow() {
        return Snippet.of("step-follow", folder()).asRoot().asking();
    }
}
