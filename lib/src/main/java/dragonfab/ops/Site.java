package dragonfab.ops;

import dragonfab.shell.Command;
import java.util.ArrayList;
import java.util.List;

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
        return Snippet.of("package-facts", name).asRoot().asking();
    }

    /** Packages may hold what not every user of the machine should read. */
    public Command makeFolders() {
        return Command.script("mkdir -p -- \"$1\" && chmod 0700 -- \"$1\"", packages()).asRoot();
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
        return Snippet.of("package-services", name).with(units.toArray()).asRoot().asking();
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
        return Snippet.of("debconf-set", folder()).reading(dragonfab.shell.Input.of(lines.toArray())).asRoot();
    }

    /** Takes the passwords away again and remembers by their mark which answers the package has got. */
    public Command forgetPasswords(List<Debconf.Answer> answers) {
        var passwords = answers.stream().filter(answer -> answer.type().equals("password"))
                .map(Debconf.Answer::question).toArray();
        return Snippet.of("debconf-forget", folder(), Debconf.mark(answers), name).with(passwords).asRoot();
    }

    /** Makes an installed package look at new answers. */
    public Command reconfigure() {
        return Command.of("env", "DEBIAN_FRONTEND=noninteractive", "dpkg-reconfigure", "-fnoninteractive", name)
                .asRoot();
    }
}
