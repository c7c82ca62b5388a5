package dragonfab.deb;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.ScriptName;
import dragonfab.files.TextFile;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.transfer.Download;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources that a build on this machine is made of: a commit of the project, or what lies in its folder. */
public final class ProjectSource {
    private static final int NO_GIT = 3;
    private static final String TRY = "try: ";

    private final Run run;
    private final SourceCommands commands;
    private final List<String> history;
    private final boolean dirty;
    /** Null until somebody asks. */
    private String files;
    private List<String> tree;

    private ProjectSource(Run run, SourceCommands commands, List<String> history, boolean dirty) {
        this.run = run;
        this.commands = commands;
        this.history = history;
        this.dirty = dirty;
    }

    /**
     * Work that is not committed is refused, unless it was asked for.
     *
     * @param revision a tag, branch or commit; null for what is checked out
     * @param builder  who packs it
     */
    public static ProjectSource of(Run run, boolean dirty, String revision, ScriptName builder) {
        if (revision != null && dirty) {
            throw Failure.usage(builder.typed(), "--revision packs a commit, and --dirty what lies in the folder");
        }
        var commands = new SourceCommands(run.environment().folder(),
                Optional.ofNullable(revision).map(name -> commit(run, name)));
        var history = run.here().ask(commands.history(notOurs(run.environment())));
        boolean git = history.ended().code() != NO_GIT;
        if (!git && revision != null) {
            throw Failure.usage("git", "there is no repository here, so there is no revision " + revision);
        }
        if (git && !history.ok()) {
            throw unanswered(history.err().lines().map(String::strip).toList());
        }
        var lines = git ? history.lines() : List.<String>of();
        var uncommitted = Build.uncommitted(lines);
        if (!uncommitted.isEmpty() && !dirty) {
            throw Failure.refused("git", "there is uncommitted work, and a package holds what is committed")
                    .listing(uncommitted)
                    .remedy(Remedy.advice("commit it with git").or(builder == ScriptName.SITE_BUILD
                            ? Remedy.here("site-build", "--dirty") : Remedy.here("deb-build", "--dirty")));
        }
        return new ProjectSource(run, commands, lines, dirty && !uncommitted.isEmpty());
    }

    private static String commit(Run run, String revision) {
        var found = run.here().ask(SourceCommands.commit(revision));
        if (!found.ok()) {
            throw unanswered(found.err().lines().map(String::strip).toList());
        }
        return found.text();
    }

    /** Git's own words, and behind "try: " what helps. */
    private static Failure unanswered(List<String> said) {
        var words = said.stream().filter(line -> !line.startsWith(TRY)).toList();
        return Failure.refused("git", words.isEmpty() ? "it does not answer" : words.get(0))
                .of(null, words.stream().skip(1).toList())
                .remedy(said.stream().filter(line -> line.startsWith(TRY)).findFirst()
                        .map(line -> Remedy.line(line.substring(TRY.length()))).orElse(null));
    }

    /** Folders inside the project that hold results and not sources: packages, copies of real data, kept plans. */
    private static List<Path> notOurs(Environment environment) {
        return Stream.of(environment.get(Key.PACKAGE_DIR), environment.get(Key.DUMP_DIR),
                environment.folder().resolve(".dragonfab"))
                .filter(folder -> folder.startsWith(environment.folder()) && !folder.equals(environment.folder()))
                .distinct().toList();
    }

    public Path folder() {
        return commands.folder();
    }

    /** That was asked for by name; empty where what is checked out is meant. */
    public Optional<String> revision() {
        return commands.revision();
    }

    /** What {@link SourceCommands#history} answered; nothing outside git. */
    List<String> history() {
        return history;
    }

    /** "" outside git. */
    public String commit() {
        return history.isEmpty() ? "" : history.get(0);
    }

    /** When it was committed, in seconds; empty outside git. */
    public Optional<Long> time() {
        return history.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(history.get(2)));
    }

    /** Whether uncommitted changes are among it. */
    public boolean dirty() {
        return dirty;
    }

    /** What stands for the sources where no commit does; "" where one does. */
    String files() {
        if (files == null) {
            files = commit().isEmpty() ? SourceFiles.checksum(folder(), notOurs(run.environment())) : "";
        }
        return files;
    }

    /** What stands for the content of all files: two commits of the same content have the same. */
    public String content() {
        return lies() ? SourceFiles.checksum(folder(), notOurs(run.environment())) : tree().get(0);
    }

    /** A file of the project, by its path in it; empty where there is none. */
    public Optional<String> text(String file) {
        if (lies()) {
            var there = folder().resolve(file);
            return Files.isRegularFile(there) ? Optional.of(TextFile.readLines(there)) : Optional.empty();
        }
        return tree().contains(file) ? Optional.of(run.here().read(SourceCommands.show(commit(), file)))
                : Optional.empty();
    }

    private boolean lies() {
        return dirty || commit().isEmpty();
    }

    private List<String> tree() {
        if (tree == null) {
            tree = run.here().read(SourceCommands.tree(commit())).lines().toList();
        }
        return tree;
    }

    /** All of it as a tar archive, in a file that the caller takes away. */
    public Path export() {
        try {
            var archive = Files.createTempFile("dragonfab-source", ".tar");
            Download.save(run.here(), commands.export(commit(), dirty, notOurs(run.environment())), archive);
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packaging of the commit that was asked for by name. */
    Optional<DebSource> packaging() {
        return revision().map(commit -> DebSource.of(folder(),
                run.here().read(SourceCommands.show(commit, "debian/changelog")),
                run.here().read(SourceCommands.show(commit, "debian/control"))));
    }
}
