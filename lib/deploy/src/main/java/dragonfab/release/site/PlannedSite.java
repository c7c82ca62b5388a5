package dragonfab.release.site;

import dragonfab.config.ScriptName;
import dragonfab.config.SequenceStep;
import dragonfab.deb.DebPackage;
import dragonfab.deb.PackageBuild;
import dragonfab.files.Checksum;
import dragonfab.recipe.Run;
import dragonfab.release.PlanLine;
import dragonfab.release.PlannedRelease;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.state.TargetFacts;
import dragonfab.target.Remote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The site that a sequence would deploy: the very files, or only its version while it is not built. */
final class PlannedSite implements PlannedRelease {
    private final Run run;
    private final Optional<DebPackage> deb;
    private final String version;

    private PlannedSite(Run run, Optional<DebPackage> deb, String version) {
        this.run = run;
        this.deb = deb;
        this.version = version;
    }

    static Optional<PlannedSite> of(Run run, List<SequenceStep.Ours> steps) {
        var deploys = step(steps, ScriptName.SITE_DEPLOY);
        if (deploys.isEmpty()) {
            return Optional.empty();
        }
        var builds = step(steps, ScriptName.SITE_BUILD);
        if (builds.isEmpty()) {
            return Optional.of(at(run, SiteSource.of(run, deploys.get().arguments().stream()
                    .filter(word -> word.endsWith(".deb")).findFirst().map(Path::of)).deb().file()));
        }
        var site = SitePackages.of(run, builds.get().arguments().contains("--dirty"),
                builds.get().option("--revision").orElse(null));
        return Optional.of(site.isTargetThere() ? site.built().map(built -> at(run, built.file()))
                .orElseGet(() -> unbuilt(run, site)) : unbuilt(run, site));
    }

    /** Its version says what it was built of, and that is known when the target is. */
    private static PlannedSite unbuilt(Run run, SitePackages site) {
        var commit = site.source().commit();
        return new PlannedSite(run, Optional.empty(), !site.needsLock() && site.isTargetThere()
                ? site.version(site.files()).text()
                : commit.isEmpty() ? "a first version" : "commit " + commit.substring(0, 7));
    }

    private static Optional<SequenceStep.Ours> step(List<SequenceStep.Ours> steps, ScriptName script) {
        return steps.stream().filter(step -> step.is(script)).findFirst();
    }

    /** That of a plan. */
    static PlannedSite at(Run run, Path file) {
        if (!Files.exists(file)) {
            throw Failure.refused(file.toString(), "the package of the plan is gone");
        }
        var deb = DebPackage.of(file);
        return new PlannedSite(run, Optional.of(deb), deb.version().text());
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Optional<String> notYet() {
        return deb.isPresent() ? Optional.empty()
                : Optional.of("the site is not built yet, so this plan is not kept: "
                        + run.report().typed(Remedy.here("site-build")) + ", then --plan again");
    }

    @Override
    public String name() {
        return deb.orElseThrow().file().toString();
    }

    @Override
    public List<PlanLine> local() {
        return deb.map(DebPackage::files).orElse(List.of()).stream().map(file -> PlanLine.fact(
                "package " + file.getFileName(), "sha256 " + Checksum.of(file))).toList();
    }

    @Override
    public List<PlanLine> at(Remote remote, TargetFacts facts, String salt) {
        var lines = new ArrayList<PlanLine>();
        lines.add(PlanLine.fact("site", facts.running().map(now -> runs(facts) ? now + " serves already"
                : now + " serves, then " + version).orElseGet(() -> version + " is the first release")));
        deb.ifPresent(site -> site.built().misfit(run.at(remote), facts.said().filled("suite").orElse(""))
                .ifPresent(why -> lines.add(PlanLine.problem("suite", site + " " + why))));
        return lines;
    }

    @Override
    public void choose(Run run) {
        run.pass(PackageBuild.CURRENT, deb.orElseThrow());
    }
}
