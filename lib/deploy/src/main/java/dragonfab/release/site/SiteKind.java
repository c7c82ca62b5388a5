package dragonfab.release.site;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.ScriptName;
import dragonfab.config.SequenceStep;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.deb.PackageBuild;
import dragonfab.recipe.Run;
import dragonfab.release.Candidate;
import dragonfab.release.Change;
import dragonfab.release.KindSteps;
import dragonfab.release.Place;
import dragonfab.release.PlannedRelease;
import dragonfab.release.ReleaseKind;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.state.Artifact;
import dragonfab.state.Journal;
import dragonfab.state.Release;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Releases that lie side by side as packages, of which a link names the one that serves. */
public final class SiteKind implements ReleaseKind {

    @Override
    public String witness() {
        return "the link";
    }

    @Override
    public Command facts(TargetState state) {
        return new SiteCommands(state).facts();
    }

    @Override
    public Command running(TargetState state) {
        return new SiteCommands(state).running();
    }

    @Override
    public Command failing(TargetState state, List<String> units) {
        return new SiteCommands(state).failing(units);
    }

    @Override
    public Command logs(TargetState state, int lines, boolean follow, List<String> units) {
        return new SiteCommands(state).logs(lines, follow, units);
    }

    @Override
    public Command drift(TargetState state) {
        return new SiteCommands(state).drift();
    }

    @Override
    public Comparator<String> order(Journal journal) {
        return Comparator.comparing(DebVersion::new);
    }

    @Override
    public Optional<Change> repair(TargetState state, TargetFacts now) {
        return now.unfinished() ? Optional.of(Change.detached("finish what an installation was interrupted at",
                new SiteCommands(state).repair())) : Optional.empty();
    }

    @Override
    public void requireKept(Place place, Release release) {
        if (release.id().artifacts().isEmpty() || !place.facts().keeps(release.id())) {
            throw Failure.refused(place.remote().name(), place.state().name() + " " + release.version()
                    + " is no longer there whole: it cannot be brought back");
        }
    }

    @Override
    public List<Command> restore(Place place, Release release) {
        return List.of(new SiteCommands(place.state()).variablesBefore(release.version()),
                serve(place, release.version()));
    }

    /** Makes a release serve that is there; the first target of all runs what only one does. */
    static Command serve(Place place, String version) {
        var first = place.run().environment().targets().get(0).name();
        return new SiteCommands(place.state()).activate(version, place.environment(),
                first.equals(place.remote().name()));
    }

    @Override
    public List<Command> restoreNothing(Place place) {
        return List.of(new SiteCommands(place.state()).remove());
    }

    @Override
    public Candidate kept(Place place, Release release) {
        return new KeptSite(place, release);
    }

    @Override
    public void chooseAgain(Run run, Release left) {
        run.pass(PackageBuild.CURRENT, DebPackage.all(run.environment().get(Key.PACKAGE_DIR),
                run.environment().application("--resume")).stream()
                .filter(deb -> deb.sha256().equals(left.id().checksum())).findFirst()
                .orElseThrow(() -> Failure.refused(run.environment().name(), left.version()
                        + ", which was left off, is no longer in " + run.environment().get(Key.PACKAGE_DIR)
                        + " as it was deployed")));
    }

    @Override
    public Optional<Command> accept(Place place, Release release) {
        return Optional.of(new SiteCommands(place.state()).keepVariables());
    }

    @Override
    public Command prune(Place place, List<Artifact> keep) {
        return new SiteCommands(place.state()).prune(keep);
    }

    @Override
    public KindSteps steps(Environment environment) {
        return new KindSteps(List.of(ScriptName.SITE_BUILD), List.of(), List.of(), List.of(ScriptName.SITE_DEPLOY),
                true);
    }

    @Override
    public Optional<PlannedRelease> planned(Run run, List<SequenceStep.Ours> steps) {
        return PlannedSite.of(run, steps).map(PlannedRelease.class::cast);
    }

    @Override
    public PlannedRelease planned(Run run, String name) {
        return PlannedSite.at(run, Path.of(name));
    }
}
