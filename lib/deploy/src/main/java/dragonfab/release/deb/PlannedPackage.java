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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The package that a sequence would deploy: the very file, or only its version while it is not built. */
final class PlannedPackage implements PlannedRelease {
    private final Run run;
    /** For each architecture one; none while it is not built. */
    private final List<DebPackage> builds;
    private final DebVersion version;
    private final Map<DebPackage, List<DebContents>> contents = new HashMap<>();

    private PlannedPackage(Run run, List<DebPackage> builds, DebVersion version) {
        this.run = run;
        this.builds = builds;
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
                .orElseGet(() -> new PlannedPackage(run, List.of(), packages.build().version())));
    }

    private static Optional<SequenceStep.Ours> step(List<SequenceStep.Ours> steps, ScriptName script) {
        return steps.stream().filter(step -> step.is(script)).findFirst();
    }

    /** One in the repository need not lie here too. */
    private static PlannedPackage lying(Run run, DebPackage deb) {
        return Files.exists(deb.file()) ? at(run, deb.file())
                : new PlannedPackage(run, List.of(), deb.version());
    }

    /** That of a plan. */
    static PlannedPackage at(Run run, Path file) {
        if (!Files.exists(file)) {
            throw Failure.refused(file.toString(), "the package of the plan is gone");
        }
        var deb = PackageChoice.ours(run.environment(), DebPackage.of(file));
        return new PlannedPackage(run, PackageChoice.builds(run, deb), deb.version());
    }

    @Override
    public String version() {
        return version.text();
    }

    @Override
    public boolean runs(TargetFacts facts) {
        return PlannedRelease.super.runs(facts) && (builds.isEmpty() || facts.runningRelease()
                .filter(found -> found.id().checksum().equals(build(facts).sha256())).isPresent());
    }

    @Override
    public Optional<String> notYet() {
        return !builds.isEmpty() ? Optional.empty()
                : Optional.of("the package is not built yet, so this plan is not kept: "
                        + run.report().typed(Remedy.here("deb-build")) + ", then --plan again");
    }

    @Override
    public String name() {
        return builds.get(0).file().toString();
    }

    @Override
    public List<PlanLine> local() {
        return builds.stream().flatMap(each -> each.files().stream())
                .map(file -> PlanLine.fact("package " + file.getFileName(),
                        "sha256 " + Checksum.of(file)))
                .toList();
    }

    /** The one for that target; where there is none, the first, which tells why it is not. */
    private DebPackage build(TargetFacts facts) {
        return builds.stream().filter(each -> each.isFor(DebFacts.of(facts).architecture())).findFirst()
                .orElse(builds.get(0));
    }

    @Override
    public List<PlanLine> at(Remote remote, TargetFacts facts, String salt) {
        var environment = run.at(remote);
        var state = new TargetState(environment.application("deploy"));
        var deb = builds.isEmpty() ? null : build(facts);
        var host = HostPackages.of(remote.read(new DebCommands(state).preview(environment.get(Key.INSTALL_RECOMMENDS),
                deb == null ? List.of() : contents(deb))).lines().toList());
        if (deb == null) {
            return PackagePreview.unbuilt(facts, host, version);
        }
        var lines = new ArrayList<>(preview(deb, environment, salt).of(facts, host));
        environment.elsewhere(Key.DEBCONF).ifPresent(file -> {
            lines.removeIf(line -> line.about().startsWith("question "));
            lines.add(PlanLine.fact("debconf answers", "known when " + file + " is fetched", file.sha256()));
        });
        deb.built().misfit(environment, DebFacts.of(facts).suite())
                .ifPresent(why -> lines.add(PlanLine.problem("suite", deb + " " + why)));
        return lines;
    }

    private PackagePreview preview(DebPackage deb, Environment environment, String salt) {
        return new PackagePreview(deb, contents(deb), size(deb), environment.get(Key.CONFFILES),
                environment.elsewhere(Key.DEBCONF).isPresent() ? List.of() : PackageChoice.answers(environment),
                environment.get(Key.DEBCONF), salt);
    }

    private static long size(DebPackage deb) {
        try {
            long sizes = 0;
            for (var file : deb.files()) {
                sizes += Files.size(file);
            }
            return sizes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in it and in its companions. */
    private synchronized List<DebContents> contents(DebPackage deb) {
        return contents.computeIfAbsent(deb, build -> build.files().stream()
                .map(file -> DebContents.of(file, packed -> unpacked(run.here(), packed))).toList());
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
        run.pass(PackageBuild.CURRENT, builds.get(0));
    }
}
