package dragonfab.release.deb;

import dragonfab.config.Conffiles;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.deb.DebContents;
import dragonfab.deb.Debconf;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ShellScript;
import dragonfab.state.Artifact;
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a target runs where its releases are Debian packages: apt, dpkg and debconf. */
public record DebCommands(TargetState state) {

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

    /** Prints what changes with each installation; nothing where the package is not unpacked. */
    public Command fingerprint() {
        return ShellScript.of("release/deb/package/fingerprint", name()).asking();
    }

    /** Prints the units that do not run; without names, those that the package brings. */
    public Command failing(List<String> units) {
        return ShellScript.of("release/deb/package/services.pl", name()).with(units.toArray()).asRoot().asking();
    }

    /** What its units said: these, or those that the package brings. */
    public Command logs(int lines, boolean follow, List<String> units) {
        return ShellScript.of("release/deb/package/logs", name(), lines, follow ? "follow" : "all")
                .with(units.toArray()).asRoot().asking();
    }

    /** Prints the installed files that are no longer what the package brought. */
    public Command drift() {
        return Command.of("dpkg", "-V", name()).asRoot().asking();
    }

    /**
     * What an installation of new packages would meet and touch, for {@link HostPackages}.
     *
     * @param contents none where they are not built yet
     */
    public Command preview(boolean recommends, List<DebContents> contents) {
        var names = contents.isEmpty() ? List.of(name()) : contents.stream().map(DebContents::name).toList();
        var controls = contents.stream().map(DebContents::control).collect(Collectors.joining("\n"));
        return ShellScript.of("release/deb/package/preview", recommends).with(names.toArray()).with("--")
                .with(contents.stream().flatMap(DebContents::conffilePaths).toArray())
                .reading(Input.of(controls)).asRoot().asking();
    }

    /** Installs exactly this release from files that are there, as the environment wants it. */
    public Command install(ReleaseId release, TargetFacts facts, Environment environment) {
        return ShellScript.of("release/deb/package/install", name(), release.version(),
                environment.get(Key.CONFFILES) == Conffiles.NEW ? "new" : "keep",
                environment.get(Key.INSTALL_RECOMMENDS)).with(paths(release, facts)).asRoot();
    }

    /** Whether apt could do it, without doing it. */
    public Command simulate(ReleaseId release, TargetFacts facts) {
        return Command.of("apt-get", "-s", "-q", "--allow-downgrades", "--no-remove", "install")
                .with(paths(release, facts)).asRoot().asking();
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

    /** Feeds answers to debconf, before the package asks. */
    public Command answer(List<Debconf.Answer> answers) {
        var lines = new ArrayList<Object>();
        for (var answer : answers) {
            lines.add(answer.owner() + " " + answer.question() + " " + answer.type() + " ");
            lines.add(answer.value());
            lines.add("\n");
        }
        return ShellScript.of("release/deb/debconf/set", state.folder()).reading(Input.of(lines.toArray())).asRoot();
    }

    /** Takes the passwords away again and remembers by their mark which answers the package has got. */
    public Command forgetPasswords(List<Debconf.Answer> answers) {
        var passwords = answers.stream().filter(answer -> answer.type().equals("password"))
                .map(Debconf.Answer::question).toArray();
        return ShellScript.of("release/deb/debconf/forget", state.folder(), Debconf.mark(answers), name())
                .with(passwords).asRoot();
    }

    /** For a rollback: debconf's answers as they were before, and the mark of those that the package got. */
    public Command returnAnswers(String mark) {
        return ShellScript.of("release/deb/debconf/return", state.folder(), mark, name()).asRoot();
    }

    /** Makes an installed package read new answers. */
    public Command reconfigure() {
        return Command.of("env", "DEBIAN_FRONTEND=noninteractive", "dpkg-reconfigure", "-fnoninteractive", name())
                .asRoot();
    }
}
