package dragonfab.release.deb;

import dragonfab.config.Conffiles;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.deb.DebContents;
import dragonfab.deb.Debconf;
import dragonfab.repository.AptRepository;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import dragonfab.shell.ShellScript;
import dragonfab.state.Artifact;
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a target runs where its releases are Debian packages: apt, dpkg and debconf. */
public record DebCommands(TargetState state) {
    private static final String UNITS = "release/deb/package/units";
    private static final String CONFFILES = "release/deb/package/conffiles";
    private static final String PIN = "release/deb/package/pin";
    private static final List<String> LEAVING = List.of(UNITS, CONFFILES, "release/deb/package/leave",
            AptRepository.SOURCES);
    private static final List<String> EDITED = List.of(UNITS, CONFFILES, "release/deb/package/edited", PIN);

    private String name() {
        return state.name();
    }

    /** Where the packages lie that were installed, for a rollback. */
    public String packages() {
        return state.folder() + "/packages";
    }

    private Object[] paths(ReleaseId release, TargetFacts facts) {
        return release.artifacts().stream().map(artifact -> path(artifact, facts)).toArray();
    }

    /** Where a package lies, or will when it is brought. */
    String path(Artifact artifact, TargetFacts facts) {
        return packages() + "/" + facts.nameOf(artifact);
    }

    public Command facts() {
        return state.facts("release/deb/package/facts.pl");
    }

    /** Prints the version that is installed whole; nothing where there is none. */
    public Command running() {
        return ShellScript.of("release/deb/package/running", name()).asking();
    }

    /** Prints the versions of those of these packages that are installed. */
    public static Command versions(List<String> packages) {
        return ShellScript.of("release/deb/package/versions").with(packages.toArray()).asking();
    }

    /** Prints what changes with each installation; nothing where the package is not unpacked. */
    public Command fingerprint() {
        return ShellScript.of("release/deb/package/fingerprint", name()).asking();
    }

    /** Prints the units that do not run; without names, those that the package brings. */
    public Command failing(List<String> units) {
        return services("failing", units);
    }

    /** Prints those of them that nobody can look at, because systemd does not run there. */
    public Command unseen(List<String> units) {
        return services("unseen", units);
    }

    private Command services(String what, List<String> units) {
        return ShellScript.of("release/deb/package/services.pl", name(), what).with(units.toArray()).asRoot().asking();
    }

    /** What its units said: these, or those that the package brings. */
    public Command logs(int lines, boolean follow, List<String> units) {
        return ShellScript.of("release/deb/package/logs", name(), lines, follow ? "follow" : "all")
                .with(units.toArray()).asRoot().asking();
    }

    /** Prints what somebody changed of the package there, the path last on each line. */
    public Command drift() {
        return ShellScript.after(EDITED, "release/deb/package/drift", name()).asRoot().asking();
    }

    /** Writes down what a release that went well has become by its own scripts and our steps. */
    public Command accept(ReleaseId release, TargetFacts facts) {
        return ShellScript.after(EDITED, "release/deb/package/accept", name()).with(paths(release, facts)).asRoot();
    }

    /**
     * What an installation of new packages would meet and touch, for {@link HostPackages}.
     *
     * @param contents none where they are not built yet
     */
    public Command preview(boolean recommends, List<DebContents> contents) {
        var names = contents.isEmpty() ? List.of(name()) : contents.stream().map(DebContents::name).toList();
        var controls = contents.stream().map(DebContents::control).collect(Collectors.joining("\n"));
        return ShellScript.after(EDITED, "release/deb/package/preview", recommends).with(names.toArray()).with("--")
                .with(contents.stream().flatMap(DebContents::conffilePaths).toArray())
                .reading(Input.of(controls)).asRoot().asking();
    }

    /** Installs exactly this release from files that are there, as the environment wants it. */
    public Command install(ReleaseId release, TargetFacts facts, Environment environment) {
        return ShellScript.printing(Map.of("note", ShellScript.text("release/deb/package/note")),
                List.of(UNITS, PIN, "release/lists"),
                "release/deb/package/install", name(), release.version(),
                environment.get(Key.CONFFILES) == Conffiles.NEW ? "new" : "keep",
                environment.get(Key.INSTALL_RECOMMENDS)).with(paths(release, facts)).asRoot();
    }

    /**
     * Why apt could not install these files, and what was edited that they would overwrite, for {@link InstallGuard};
     * prints nothing where it could and nothing was.
     *
     * @param what "coming", or "kept" for files that need nothing which is not there
     */
    public Command ready(String what, ReleaseId release, TargetFacts facts,
            Environment environment) {
        return ShellScript.after(EDITED, "release/deb/package/ready", what, environment.get(Key.INSTALL_RECOMMENDS))
                .with(paths(release, facts)).asRoot().asking();
    }

    /**
     * Makes a kept release run again, as it was.
     *
     * @param how "back" to what ran before the run, where nothing is done that need not be; or "again"
     */
    public Command restore(String how, ReleaseId release, TargetFacts facts, Environment environment,
            List<String> units) {
        return ShellScript.after(LEAVING, "release/deb/package/restore", name(), release.version(), checksum(release),
                how, failing(units), repair(release, facts), install(release, facts, environment))
                .with(paths(release, facts)).asRoot();
    }

    /** Removes what the run has installed where there was nothing before. */
    public Command remove() {
        return ShellScript.after(LEAVING, "release/deb/package/remove", name()).asRoot();
    }

    /** By which the answers of a package are kept; "" for one of an installation that wrote none down. */
    private static String checksum(ReleaseId release) {
        return release.checksums().stream().findFirst().orElse("");
    }

    /** Finishes what dpkg was interrupted at. */
    public Command repair() {
        return ShellScript.of("release/deb/package/repair", name()).asRoot();
    }

    /** Finishes what dpkg was interrupted at; the package itself becomes that of the kept file when it is half-way. */
    public Command repair(ReleaseId release, TargetFacts facts) {
        return repair().with(path(release.artifacts().get(0), facts));
    }

    /** Removes all packages but these. */
    public Command prune(List<Artifact> keep, TargetFacts facts) {
        // What an installation of before wrote down without a checksum is known by its name alone.
        return ShellScript.of("release/deb/package/prune", name()).with(keep.stream()
                .map(artifact -> artifact.sha256().isEmpty() ? artifact.name() : facts.nameOf(artifact)).toArray())
                .asRoot();
    }

    /** Feeds answers to debconf, before the package asks; they are kept for whoever goes back to that release. */
    public Command answer(ReleaseId release, List<Debconf.Answer> answers) {
        var lines = new ArrayList<Object>();
        for (var answer : answers) {
            lines.add(answer.owner() + " " + answer.question() + " " + answer.type() + " ");
            lines.add(answer.value());
            lines.add("\n");
        }
        return ShellScript.of("release/deb/debconf/set", state.folder(), checksum(release))
                .reading(Input.of(lines.toArray())).asRoot();
    }

    /** Takes the passwords away again and remembers by their mark which answers the package has got. */
    public Command forgetPasswords(ReleaseId release, List<Debconf.Answer> answers) {
        var passwords = answers.stream().filter(answer -> answer.type().equals("password"))
                .map(Debconf.Answer::question).toArray();
        return ShellScript.of("release/deb/debconf/forget", state.folder(), name(), checksum(release)).with(passwords)
                .reading(marked(Debconf.mark(answers))).asRoot();
    }

    /** For a rollback: debconf's answers as they were before, and the mark of those that the package got. */
    public Command returnAnswers(String mark) {
        return ShellScript.of("release/deb/debconf/return", state.folder(), name()).reading(marked(mark)).asRoot();
    }

    /** Who can read arguments could try passwords until one has this mark. */
    private static Input marked(String mark) {
        return Input.of(Secret.of(mark + "\n"));
    }

    /** Makes an installed package read new answers. */
    public Command reconfigure() {
        return Command.of("env", "DEBIAN_FRONTEND=noninteractive", "dpkg-reconfigure", "-fnoninteractive", name())
                .asRoot();
    }
}
