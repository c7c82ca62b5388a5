package dragonfab.release.deb;

import dragonfab.config.Environment;
import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.config.ScriptName;
import dragonfab.config.SequenceStep;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.deb.PackageBuild;
import dragonfab.recipe.Run;
import dragonfab.release.AptGuard;
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
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Releases that are Debian packages, each installed over the one before. */
public final class DebKind implements ReleaseKind {

    @Override
    public String witness() {
        return "dpkg";
    }

    @Override
    public Command facts(TargetState state) {
        return new DebCommands(state).facts();
    }

    @Override
    public Command running(TargetState state) {
        return new DebCommands(state).running();
    }

    @Override
    public Command fingerprint(TargetState state) {
        return new DebCommands(state).fingerprint();
    }

    @Override
    public Command failing(TargetState state, List<String> units) {
        return new DebCommands(state).failing(units);
    }

    @Override
    public Optional<Command> unseen(TargetState state, List<String> units) {
        return Optional.of(new DebCommands(state).unseen(units));
    }

    @Override
    public Command logs(TargetState state, int lines, boolean follow, List<String> units) {
        return new DebCommands(state).logs(lines, follow, units);
    }

    @Override
    public Command drift(TargetState state) {
        return new DebCommands(state).drift();
    }

    @Override
    public Comparator<String> order(Journal journal) {
        return Comparator.comparing(DebVersion::new);
    }

    /** Of two architectures the bytes differ. */
    @Override
    public boolean isOneRelease(ReleaseId one, ReleaseId other) {
        return one.isSameAs(other) || one.version().equals(other.version()) && one.commit().equals(other.commit())
                && !one.artifacts().isEmpty() && !other.artifacts().isEmpty()
                && DebPackage.areBuilds(one.files().get(0), other.files().get(0));
    }

    @Override
    public Optional<Change> repair(TargetState state, TargetFacts now) {
        return now.unfinished() ? Optional.of(Change.detached("finish what dpkg was interrupted at",
                new DebCommands(state).repair())) : Optional.empty();
    }

    @Override
    public void requireKept(Place place, Release release) {
        if (release.id().artifacts().isEmpty()) {
            throw Failure.refused(place.remote().name(), "the journal does not say of which files " + release.version()
                    + " is made: it cannot be brought back");
        }
        for (var artifact : release.id().artifacts()) {
            if (!place.facts().keeps(artifact)) {
                throw Failure.refused(place.remote().name(), artifact.name()
                        + " is gone or no longer what was installed: " + release.version() + " cannot be brought back");
            }
        }
        AptGuard.requireSane(place);
        try {
            InstallGuard.requireReady(place, "kept", release.id());
        } catch (Failure failure) {
            throw Failure.refused(failure.place(), "apt could not install " + release.version() + " again: "
                    + failure.getMessage()).of(failure.command(), failure.tail()).remedy(failure.remedy());
        }
    }

    @Override
    public List<Command> restore(Place place, Release release) {
        var deb = new DebCommands(place.state());
        var commands = new ArrayList<Command>();
        if (place.environment().has(Key.DEBCONF)) {
            commands.add(deb.returnAnswers(DebFacts.of(place.facts()).answers()));
        }
        commands.add(deb.restore("back", release.id(), place.facts(), place.environment(),
                place.environment().find(Key.SERVICES).orElse(List.of())));
        return commands;
    }

    /** Also where an earlier try has left half a package: what was there before the run is not taken away. */
    @Override
    public List<Command> restoreNothing(Place place) {
        var deb = new DebCommands(place.state());
        var commands = new ArrayList<Command>();
        if (place.environment().has(Key.DEBCONF)) {
            commands.add(deb.returnAnswers(""));
        }
        commands.add(deb.remove());
        return commands;
    }

    @Override
    public Candidate kept(Place place, Release release) {
        return new KeptPackage(place, release);
    }

    @Override
    public void chooseAgain(Run run, Release left) {
        run.pass(PackageBuild.CURRENT, PackageChoice.again(run, left.id()));
    }

    @Override
    public Optional<Command> accept(Place place, Release release) {
        return Optional.of(new DebCommands(place.state()).accept(release.id(), place.facts()));
    }

    @Override
    public Command prune(Place place, List<Artifact> keep) {
        return new DebCommands(place.state()).prune(keep, place.facts());
    }

    @Override
    public KindSteps steps(Environment environment) {
        return new KindSteps(List.of(ScriptName.DEB_BUILD), environment.get(Key.INSTALL_FROM) == InstallFrom.REPOSITORY
                ? List.of(ScriptName.DEB_PUBLISH) : List.of(), List.of(), List.of(ScriptName.DEB_DEPLOY), false);
    }

    @Override
    public Optional<PlannedRelease> planned(Run run, List<SequenceStep.Ours> steps) {
        return PlannedPackage.of(run, steps).map(PlannedRelease.class::cast);
    }

    @Override
    public PlannedRelease planned(Run run, String name) {
        return PlannedPackage.at(run, Path.of(name));
    }
}
