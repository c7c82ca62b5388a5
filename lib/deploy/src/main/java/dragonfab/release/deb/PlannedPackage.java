package dragonfab.release.deb;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.ScriptName;
import dragonfab.config.SequenceStep;
import dragonfab.deb.DebContents;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.deb.PackageBuild;
import dragonfab.files.Checksum;
import dragonfab.recipe.Run;
import dragonfab.release.PlanLine;
import dragonfab.release.PlannedRelease;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.repository.RepositorySuite;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import dragonfab.transfer.Download;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The package that a sequence would deploy: the very file, or only its version while it is not built. */
final class PlannedPackage implements PlannedRelease {
    private final Run run;
    private final Optional<DebPackage> deb;
    private final DebVersion version;
    private List<DebContents> contents;

    private PlannedPackage(Run run, Optional<DebPackage> deb, DebVersion version) {
        this.run = run;
        this.deb = deb;
        this.version = version;
    }

    /** What deb-build or deb-publish would hand on if it is there, the file that deb-deploy names, or the newest. */
    static Optional<PlannedPackage> of(Run run, List<SequenceStep.Ours> steps) {
        var deploys = step(steps, ScriptName.DEB_DEPLOY);
        if (deploys.isEmpty() || !run.environment().has(Key.PACKAGE_NAME)) {
            return Optional.empty();
        }
        var named = deploys.get().arguments().stream().filter(word -> word.endsWith(".deb")).findFirst();
        var builds = step(steps, ScriptName.DEB_BUILD);
        var from = step(steps, ScriptName.DEB_PUBLISH).flatMap(publish -> publish.option("--from"));
        if (named.isEmpty() && builds.isEmpty() && from.isPresent()) {
            var other = run.other(from.get());
            var release = new OtherEnvironment(run, other).release();
            return Optional.of(lying(run, RepositorySuite.of(run, other)
                    .file(Path.of(release.files().get(0)))));
        }
        if (named.isPresent() || builds.isEmpty()) {
            return Optional.of(lying(run, PackageChoice.toDeploy(run, named.map(Path::of).orElse(null))));
        }
        var packages = PackageBuild.of(run, builds.get().arguments().contains("--dirty"),
                builds.get().option("--revision").orElse(null));
        return Optional.of(packages.built().map(built -> at(run, built.file()))
                .orElseGet(() -> new PlannedPackage(run, Optional.empty(), packages.build().version())));
    }

    private static Optional<SequenceStep.Ours> step(List<SequenceStep.Ours> steps, ScriptName script) {
        return steps.stream().filter(step -> step.is(script)).findFirst();
    }

    /** One in the repository need not lie here too. */
    private static PlannedPackage lying(Run run, DebPackage deb) {
        return Files.exists(deb.file()) ? at(run, deb.file())
                : new PlannedPackage(run, Optional.empty(), deb.version());
    }

    /** That of a plan. */
    static PlannedPackage at(Run run, Path file) {
        if (!Files.exists(file)) {
            throw Failure.refused(file.toString(), "the package of the plan is gone");
        }
        var deb = PackageChoice.ours(run.environment(), DebPackage.of(file));
        return new PlannedPackage(run, Optional.of(deb), deb.version());
    }

    @Override
    public String version() {
        return version.text();
    }

    @Override
    public boolean runs(TargetFacts facts) {
        return deb.map(each -> each.version().text().equals(facts.running().orElse(""))
                && facts.runningRelease().filter(found -> found.id().checksum().equals(each.sha256())).isPresent())
                .orElseGet(() -> PlannedRelease.super.runs(facts));
    }

    @Override
    public Optional<String> notYet() {
        return deb.isPresent() ? Optional.empty()
                : Optional.of("the package is not built yet, so this plan is not kept: "
                        + run.report().typed(Remedy.here("deb-build")) + ", then --plan again");
    }

    @Override
    public String name() {
        return deb.orElseThrow().file().toString();
    }

    @Override
    public List<PlanLine> local() {
        return files().stream().map(file -> PlanLine.fact("package " + file.getFileName(),
                "sha256 " + Checksum.of(file))).toList();
    }

    private List<Path> files() {
        return deb.map(DebPackage::files).orElse(List.of());
    }

    @Override
    public List<PlanLine> at(Remote remote, TargetFacts facts, String salt) {
        var environment = run.at(remote);
        var state = new TargetState(environment.application("deploy"));
        var host = HostPackages.of(remote.read(new DebCommands(state).preview(environment.get(Key.INSTALL_RECOMMENDS),
                contents())).lines().toList());
        if (deb.isEmpty()) {
            return PackagePreview.unbuilt(facts, host, version);
        }
        var lines = new ArrayList<>(preview(environment, salt).of(facts, host));
        environment.elsewhere(Key.DEBCONF).ifPresent(file -> {
            lines.removeIf(line -> line.about().startsWith("question "));
            lines.add(PlanLine.fact("debconf answers", "known when " + file + " is fetched", file.sha256()));
        });
        deb.get().built().misfit(environment, DebFacts.of(facts).suite())
                .ifPresent(why -> lines.add(PlanLine.problem("suite", deb.get() + " " + why)));
        return lines;
    }

    private PackagePreview preview(Environment environment, String salt) {
        return new PackagePreview(deb.orElseThrow(), contents(), size(), environment.get(Key.CONFFILES),
                environment.elsewhere(Key.DEBCONF).isPresent() ? List.of() : PackageChoice.answers(environment),
                environment.get(Key.DEBCONF), salt);
    }

    private long size() {
        try {
            long sizes = 0;
            for (var file : files()) {
                sizes += Files.size(file);
            }
            return sizes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in it and in its companions; empty while it is not built. */
    private synchronized List<DebContents> contents() {
        if (contents == null) {
            var all = new ArrayList<DebContents>();
            files().forEach(file -> all.add(DebContents.of(file, packed -> unpacked(run.here(), packed))));
            contents = List.copyOf(all);
        }
        return contents;
    }

    /** By the program, for Java has none of its own. */
    private static InputStream unpacked(Remote here, Input packed) throws IOException {
        var file = Files.createTempFile("dragonfab-unpacked", "");
        try {
            Download.save(here, Command.of("zstd", "-dcq").reading(packed).asking(), file);
        } catch (Failure failure) {
            Files.delete(file);
            throw failure.remedy("install zstd on this machine: the package is packed by it");
        }
        return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void choose(Run run) {
        run.pass(PackageBuild.CURRENT, deb.orElseThrow());
    }
}
