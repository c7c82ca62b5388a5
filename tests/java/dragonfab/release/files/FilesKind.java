package dragonfab.release.files;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.SequenceStep;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The smallest kind of release that is none of ours: two directories and a link, /srv/NAME/{a,b,current}.
 *
 * <p>It proves that all else of a deploy knows no package.
 */
public final class FilesKind implements ReleaseKind {

    @Override
    public String witness() {
        return "the link";
    }

    @Override
    public Command facts(TargetState site) {
        return new FilesCommands(site).facts();
    }

    @Override
    public Command running(TargetState site) {
        return new FilesCommands(site).running();
    }

    @Override
    public Command failing(TargetState site, List<String> units) {
        return new FilesCommands(site).failing(units);
    }

    @Override
    public Command logs(TargetState site, int lines, boolean follow, List<String> units) {
        return new FilesCommands(site).logs(lines, follow, units);
    }

    @Override
    public Command drift(TargetState site) {
        return new FilesCommands(site).drift();
    }

    /** A version is no more than a word: the one that was deployed later is the newer one. */
    @Override
    public Comparator<String> order(Journal journal) {
        var deployed = journal.releases().stream().filter(release -> release.action().equals("deploy"))
                .map(Release::version).toList();
        return Comparator.comparing(deployed::lastIndexOf);
    }

    @Override
    public Optional<Change> repair(TargetState site, TargetFacts now) {
        return now.unfinished() ? Optional.of(Change.detached("remove what an interrupted deploy left half",
                new FilesCommands(site).repair())) : Optional.empty();
    }

    @Override
    public void requireKept(Place place, Release release) {
        if (FilesFacts.of(place.facts()).folder(sha256(place, release)).isEmpty()) {
            throw Failure.refused(place.remote().name(), place.state().name() + " " + release.version()
                    + " is in neither directory any more: it cannot be brought back");
        }
    }

    @Override
    public List<Command> restore(Place place, Release release) {
        return List.of(new FilesCommands(place.state()).activate(sha256(place, release),
                place.environment().find(Key.SERVICES).orElse(List.of())));
    }

    /** Of what runs, the link knows better than the newest entry of that version, which may have been another build. */
    private static String sha256(Place place, Release release) {
        return FilesFacts.of(place.facts()).runningSum()
                .filter(sum -> place.facts().running().equals(Optional.of(release.version())))
                .orElseGet(() -> FilesCommands.artifact(release.id()).sha256());
    }

    @Override
    public Candidate kept(Place place, Release release) {
        return new KeptFiles(place, release);
    }

    @Override
    public void chooseAgain(Run run, Release left) {
        run.pass(FilesSource.CHOSEN, TarRelease.all(run.environment()).stream()
                .filter(release -> release.id().isSameAs(left.id())).findFirst()
                .orElseThrow(() -> Failure.refused(run.environment().name(), left.version()
                        + ", which was left off, is no longer in " + run.environment().get(Key.PACKAGE_DIR)
                        + " as it was deployed")));
    }

    @Override
    public Command prune(Place place, List<Artifact> keep) {
        return new FilesCommands(place.state()).prune(keep.stream().map(Artifact::name).toList());
    }

    /** None of them is a step of ours: a script of the project does it all. */
    @Override
    public KindSteps steps(Environment environment) {
        return new KindSteps(List.of(), List.of(), List.of(), List.of(), false);
    }

    @Override
    public Optional<PlannedRelease> planned(Run run, List<SequenceStep.Ours> steps) {
        return Optional.empty();
    }

    @Override
    public PlannedRelease planned(Run run, String name) {
        if (!Files.exists(Path.of(name))) {
            throw Failure.refused(name, "the release of the plan is gone");
        }
        return new PlannedFiles(TarRelease.of(Path.of(name)));
    }
}
