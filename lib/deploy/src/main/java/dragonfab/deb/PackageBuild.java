package dragonfab.deb;

import dragonfab.config.BuildPlace;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.ScriptName;
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

    private final Run run;
    private final Environment environment;
    private final DebSource source;
    private final ProjectSource sources;
    private final Build build;

    private PackageBuild(Run run, DebSource source, ProjectSource sources, Build build) {
        this.run = run;
        this.environment = run.environment();
        this.source = source;
        this.sources = sources;
        this.build = build;
    }

    /**
     * Work that is not committed is refused, unless it was asked for.
     *
     * @param revision a tag, branch or commit; null for what is checked out
     */
    public static PackageBuild of(Run run, boolean dirty, String revision) {
        var lying =
                revision == null ? Optional.of(DebSource.of(run.environment().folder())) : Optional.<DebSource>empty();
        var sources = ProjectSource.of(run, dirty, revision, ScriptName.DEB_BUILD);
        var source = lying.or(sources::packaging).orElseThrow();
        return new PackageBuild(run, source, sources,
                Build.of(source, sources.history(), sources.dirty(), Instant.now().getEpochSecond()));
    }

    public Build build() {
        return build;
    }

    /** The package that this very build would make again, whole. */
    public Optional<DebPackage> built() {
        var same = sources.dirty() ? List.<DebPackage>of() : ofVersion();
        if (same.isEmpty()) {
            return Optional.empty();
        }
        var target = target();
        return same.stream().filter(deb -> deb.built().isFor(environment, source.control(), sources.files(), target))
                .filter(DebPackage::intact).findFirst();
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
        sources.files();
        var archive = sources.export();
        try {
            var command = command(machine);
            var said = machine.remote().run(title, command.reading(command.input().then(Input.file(archive))));
            return fetchBuilt(machine, Build.Report.of(machine.remote().name(), said), folder);
        } catch (IOException e) {
            throw Failure.failed(folder.toString(), e.toString());
        } finally {
            archive.toFile().delete();
        }
    }

    private Command command(BuildMachine machine) {
        return build.build(machine.work(), environment, machine.network()).as(machine.user());
    }

    private DebPackage fetchBuilt(BuildMachine machine, Build.Report report, Path folder) throws IOException {
        WholeFile.makeFolder(folder);
        var place = machine.remote().name();
        var with = new BuiltWith(machine.suite(report.suite()), report.architecture(),
                BuiltWith.keys(environment, source.control(), sources.files()));
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
