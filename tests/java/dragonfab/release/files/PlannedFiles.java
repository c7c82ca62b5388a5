package dragonfab.release.files;

import dragonfab.recipe.Run;
import dragonfab.release.PlanLine;
import dragonfab.release.PlannedRelease;
import dragonfab.state.TargetFacts;
import dragonfab.target.Remote;
import java.util.List;
import java.util.Optional;

/** The tar file that a plan is about. */
record PlannedFiles(TarRelease release) implements PlannedRelease {

    @Override
    public String version() {
        return release.version();
    }

    @Override
    public Optional<String> notYet() {
        return Optional.empty();
    }

    @Override
    public String name() {
        return release.file().toString();
    }

    @Override
    public List<PlanLine> local() {
        return List.of(PlanLine.fact("release " + release, "sha256 " + release.sha256()));
    }

    @Override
    public List<PlanLine> at(Remote remote, TargetFacts facts, String salt) {
        var files = FilesFacts.of(facts);
        return List.of(PlanLine.fact("running version", facts.running().orElse("none")),
                PlanLine.fact("new version", release.version()),
                PlanLine.fact("directory", files.folder(release.sha256())
                        .map(folder -> folder + ": it is there already").orElseGet(files::idle)));
    }

    @Override
    public void choose(Run run) {
        run.pass(FilesSource.CHOSEN, release);
    }
}
