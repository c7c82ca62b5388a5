package dragonfab.deb;

import dragonfab.config.BuildPlace;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.files.Checksum;
import dragonfab.files.WholeFile;
import dragonfab.recipe.Run;
import dragonfab.recipe.RunKey;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.shell.FileName;
import dragonfab.shell.Input;
import dragonfab.transfer.Download;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The project's package on this machine: what would be built now, and what is built. */
public final class PackageBuild {
    /** The package that a run is about: built, published, planned or left off by an earlier step. */
    public static final RunKey<DebPackage> CURRENT = RunKey.of(DebPackage.class);
    private static final int NO_GIT = 3;
    private static final String TRY = "try: ";

    private final Run run;
    private final Environment environment;
    private final DebSource source;
    private final boolean dirty;
    private final Build build;
    /** Null until somebody asks. */
    private String files;

    private PackageBuild(Run run, DebSource source, boolean dirty, Build build) {
        this.run = run;
        this.environment = run.environment();
        this.source = source;
        this.dirty = dirty;
        this.build = build;
    }

    /**
     * Work that is not committed is refused, unless it was asked for.
     *
     * @param revision a tag, branch or commit; null for what is checked out
     */
    public static PackageBuild of(Run run, boolean dirty, String revision) {
        if (revision != null && dirty) {
            throw Failure.usage("deb-build", "--revision packs a commit, and --dirty what lies in the folder");
        }
        return revision == null ? of(run, DebSource.of(run.environment().folder()), dirty)
                : of(run, committed(run, revision), false);
    }

    private static PackageBuild of(Run run, DebSource source, boolean dirty) {
        var history = run.here().ask(source.history(notOurs(run.environment())));
        if (source.revision() != null && history.ended().code() == NO_GIT) {
            throw Failure.usage("git", "there is no repository here, so there is no revision " + source.revision());
        }
        boolean git = history.ended().code() != NO_GIT;
        if (git && !history.ok()) {
            throw unanswered(history.err().lines().map(String::strip).toList());
        }
        var lines = git ? history.lines() : List.<String>of();
        var uncommitted = Build.uncommitted(lines);
        if (!uncommitted.isEmpty() && !dirty) {
            throw Failure.refused("git", "there is uncommitted work, and a package holds what is committed")
                    .listing(uncommitted)
                    .remedy(Remedy.advice("commit it with git").or(Remedy.here("deb-build", "--dirty")));
        }
        boolean trial = dirty && !uncommitted.isEmpty();
        var build = Build.of(source, lines, trial, Instant.now().getEpochSecond());
        return new PackageBuild(run, source, trial, build);
    }

    private static DebSource committed(Run run, String revision) {
        var folder = run.environment().folder();
        var found = run.here().ask(DebSource.commit(revision));
        if (!found.ok()) {
            throw unanswered(found.err().lines().map(String::strip).toList());
        }
        var commit = found.text();
        return DebSource.of(folder, commit, run.here().read(DebSource.show(commit, "debian/changelog")),
                run.here().read(DebSource.show(commit, "debian/control")));
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

    public Build build() {
        return build;
    }

    /** The package that this very build would make again, whole. */
    public Optional<DebPackage> built() {
        var same = dirty ? List.<DebPackage>of() : ofVersion();
        if (same.isEmpty()) {
            return Optional.empty();
        }
        var target = target();
        return same.stream().filter(deb -> deb.built().isFor(environment, source.control(), files(), target))
                .filter(DebPackage::intact).findFirst();
    }

    /** What stands for the sources where no commit does; "" where one does. */
    private String files() {
        if (files == null) {
            files = build.commit().isEmpty() ? SourceFiles.checksum(source.folder(), notOurs(environment)) : "";
        }
        return files;
    }

    private List<DebPackage> ofVersion() {
        return DebPackage.all(environment.get(Key.PACKAGE_DIR), name()).stream()
                .filter(deb -> deb.version().equals(build.version()) && deb.commit().equals(build.commit())).toList();
    }

    /** Outside git two builds of one version look alike to everybody but us. */
    public void warnOfSameVersion() {
        if (build.commit().isEmpty() && !ofVersion().isEmpty()) {
            run.here().warn(name() + " " + build.version() + " was built from other files before, and nothing but its"
                    + " checksum tells the two apart: dch -i makes the next a version of its own, and so does git");
        }
    }

    /** What the first target is, by which a build goes; empty where a key says it, or where it cannot be asked. */
    private Optional<BuiltWith.Machine> target() {
        var place = environment.get(Key.BUILD);
        if (environment.targets().isEmpty() || place == BuildPlace.HOST
                || place != BuildPlace.TARGET && environment.has(Key.BUILD_SUITE)) {
            return Optional.empty();
        }
        try {
            return BuiltWith.Machine.of(run.places().existing(run.allTargets().wanted().get(0)).read(Build.machine()));
        } catch (Failure notNow) {
            // Where it is built already, a container need not be made for this; whoever installs it looks again.
            return Optional.empty();
        }
    }

    private String name() {
        var name = Optional.ofNullable(environment.get(Key.PACKAGE_NAME)).orElse(source.name());
        if (!source.packages().contains(name)) {
            throw Failure.usage("environments.yml", "package_name is " + name + ", but debian/control makes "
                    + String.join(", ", source.packages()));
        }
        for (var companion : environment.get(Key.COMPANIONS)) {
            if (!source.packages().contains(companion)) {
                throw Failure.usage("environments.yml", "companions has " + companion + ", but debian/control makes "
                        + String.join(", ", source.packages()));
            }
        }
        return name;
    }

    /** Builds, and brings the results to package_dir with a manifest; in a dry run a package that is not there. */
    public DebPackage buildIn(BuildMachine machine) {
        var folder = environment.get(Key.PACKAGE_DIR);
        var title = "build " + name() + " " + build.version();
        if (run.dry()) {
            machine.remote().run(title, command(machine));
            return new DebPackage(name(), build.version(), "all",
                    folder.resolve(name() + "_" + build.version().withoutEpoch() + "_all.deb"), "CHECKSUM-OF-THE-BUILD",
                    build.commit(), List.of(), BuiltWith.UNKNOWN);
        }
        // Before they are packed: what changes meanwhile is built again.
        files();
        var sources = export();
        try {
            var command = command(machine);
            var said = machine.remote().run(title, command.reading(command.input().then(Input.file(sources))));
            return fetchBuilt(machine, Build.Report.of(machine.remote().name(), said), folder);
        } catch (IOException e) {
            throw Failure.failed(folder.toString(), e.toString());
        } finally {
            sources.toFile().delete();
        }
    }

    private Command command(BuildMachine machine) {
        return build.build(machine.work(), environment, machine.network()).as(machine.user());
    }

    private Path export() {
        try {
            var archive = Files.createTempFile("dragonfab-source", ".tar");
            Download.save(run.here(), source.export(build.commit(), dirty, notOurs(environment)), archive);
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DebPackage fetchBuilt(BuildMachine machine, Build.Report report, Path folder) throws IOException {
        WholeFile.makeFolder(folder);
        var place = machine.remote().name();
        var with = new BuiltWith(machine.suite(report.suite()), report.architecture(),
                BuiltWith.keys(environment, source.control(), files()));
        var dependencies = new Dependencies(report.made(), report.elsewhere(),
                Set.copyOf(environment.get(Key.COMPANIONS)));
        report.made().stream().filter(deb -> deb.name().equals(name())).findFirst()
                .orElseThrow(() -> Failure.failed(place, "the build made no " + name()));
        for (var deb : report.made()) {
            Download.fetch(machine.remote(), "fetch " + deb.file(), machine.work() + "/" + deb.file(),
                    folder.resolve(deb.file()));
        }
        DebPackage result = null;
        for (var deb : report.made()) {
            var file = folder.resolve(deb.file());
            var control = DebControl.of(file);
            if (!control.fileName().equals(deb.fileName()) || !Checksum.of(file).equals(deb.sha256())) {
                throw Failure.failed(place, deb.file() + " is not what the build reported");
            }
            var others = dependencies.companions(deb).stream().map(other -> folder.resolve(other.file())).toList();
            var built = new DebPackage(control.name(), control.version(), control.architecture(), file, deb.sha256(),
                    build.commit(), others, with);
            built.writeManifest();
            result = deb.name().equals(name()) ? built : result;
        }
        return result;
    }
}
