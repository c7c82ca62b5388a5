package dragonfab.ops;

import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What dragonfab keeps on a target for one package: its folder, the packages in it, and the questions about it. */
public record Site(String name) {

    public String folder() {
        return "/var/lib/dragonfab/" + name;
    }

    /** Where the packages lie that were installed, for the way back. */
    public String packages() {
        return folder() + "/packages";
    }

    public Command facts() {
        return Snippet.of("package-facts.pl", name).asRoot().asking();
    }

    /**
     * What an installation of new packages would meet and touch, for {@link HostState}.
     *
     * @param contents none where they are not built yet
     */
    public Command preview(boolean recommends, List<DebContents> contents) {
        var names = contents.isEmpty() ? List.of(name) : contents.stream().map(DebContents::name).toList();
        var controls = contents.stream().map(DebContents::control).collect(Collectors.joining("\n"));
        return Snippet.of("package-preview", recommends).with(names.toArray()).with("--")
                .with(contents.stream().flatMap(DebContents::conffilePaths).toArray())
                .reading(Input.of(controls)).asRoot().asking();
    }

    /** Installs exactly this version from files that are there. */
    public Command install(DebVersion version, boolean newConffiles, boolean recommends, List<String> files) {
        return Snippet.of("package-install", name, version, newConffiles ? "new" : "keep", recommends)
                .with(files.stream().map(file -> packages() + "/" + file).toArray()).asRoot();
    }

    /** Whether apt could do it, without doing it. */
    public Command rehearse(List<String> files) {
        return Command.of("apt-get", "-s", "-q", "--allow-downgrades", "--no-remove", "install")
                .with(files.stream().map(file -> packages() + "/" + file).toArray()).asRoot().asking();
    }

    /** Prints the units that do not run; without names, those that the package brings. */
    public Command failing(List<String> units) {
        return Snippet.of("package-services.pl", name).with(units.toArray()).asRoot().asking();
    }

    public Command lastWords(List<String> units) {
        return Snippet.of("package-log").with(units.toArray()).asRoot().asking();
    }

    /** What its units said: these, or those that the package brings. */
    public Command logs(int lines, boolean follow, List<String> units) {
        return Snippet.of("package-logs", name, lines, follow ? "follow" : "all").with(units.toArray())
                .asRoot().asking();
    }

    /** Prints the version that dpkg has installed; nothing and a code other than 0 where there is none. */
    public Command installedVersion() {
        return Command.of("dpkg-query", "-W", "-f", "${Version}", name).asking();
    }

    public Command append(String line) {
        return Snippet.of("journal-append", folder(), line).asRoot();
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

    /** Prints the installed files that are no longer what the package brought. */
    public Command drift() {
        return Command.of("dpkg", "-V", name).asRoot().asking();
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
        return Snippet.after(List.of("lock-ours", "step-run"), "step-follow", folder(), run, title, line)
                .reading(command.input()).asRoot();
    }

    /** Makes ready the way back of a run, before its first change. */
    public Command arm(String run, WayBack back) {
        return Snippet.after("lock-ours", "way-back-arm", folder(), run, back.patience().toSeconds(), back.outcome(),
                back.line()).asRoot();
    }

    /**
     * As a way back that takes nothing back: the target judges by itself whether that version is well, and writes it
     * down.
     *
     * @param units that should run; none for those that the package brings
     * @param check what the site has to answer on the target, or null
     */
    public Command judge(DebVersion version, List<String> units, HttpCheck check, Duration patience) {
        var judge = Snippet.of("way-back-judge", folder(), name, version, patience.toSeconds(), failing(units));
        return (check == null ? judge : judge.with(check.ask()).with(check.expected().toArray())).asRoot();
    }

    /** The way back of that run waits as long again. */
    public Command stay(String run) {
        return Snippet.after("lock-ours", "way-back-stay", folder(), run).asRoot();
    }

    /** The change of that run stays, and the journal gets the line. */
    public Command confirm(String run, String line) {
        return Snippet.after("lock-ours", "way-back-confirm", folder(), run, line).asRoot();
    }

    /** Takes the way back that is armed; a step. */
    public Command goBack() {
        return Command.of("sh", folder() + "/way-back/go", folder()).asRoot();
    }

    /** Leaves the site as visitors saw it before the run. @param server nginx or apache */
    public Command restoreMaintenance(String server) {
        return Snippet.of("maintenance-restore", name, server, folder() + "/way-back/site").asRoot();
    }

    /** Finishes what dpkg was interrupted at. */
    public Command repair() {
        return Snippet.of("package-repair", name).asRoot();
    }

    /** The same, and the package itself becomes that of the kept file when it is half-way. */
    public Command repair(String file) {
        return repair().with(packages() + "/" + file);
    }

    /** Shows the step that runs, or the last one, to its end. */
    public Command follow() {
        return Snippet.of("step-follow", folder()).asRoot().asking();
    }

    public Command prune(List<String> keep) {
        return Snippet.of("package-prune", name).with(keep.toArray()).asRoot();
    }

    /** Feeds answers to debconf, before the package asks. */
    public Command answer(List<Debconf.Answer> answers) {
        var lines = new ArrayList<Object>();
        for (var answer : answers) {
            lines.add(answer.owner() + " " + answer.question() + " " + answer.type() + " ");
            lines.add(answer.value());
            lines.add("\n");
        }
        return Snippet.of("debconf-set", folder()).reading(Input.of(lines.toArray())).asRoot();
    }

    /** Takes the passwords away again and remembers by their mark which answers the package has got. */
    public Command forgetPasswords(List<Debconf.Answer> answers) {
        var passwords = answers.stream().filter(answer -> answer.type().equals("password"))
                .map(Debconf.Answer::question).toArray();
        return Snippet.of("debconf-forget", folder(), Debconf.mark(answers), name).with(passwords).asRoot();
    }

    /** As a way back: debconf's answers as they were before, and the mark of those that the package got. */
    public Command returnAnswers(String mark) {
        return Snippet.of("debconf-return", folder(), mark, name).asRoot();
    }

    /** Makes an installed package look at new answers. */
    public Command reconfigure() {
        return Command.of("env", "DEBIAN_FRONTEND=noninteractive", "dpkg-reconfigure", "-fnoninteractive", name)
                .asRoot();
    }
}
