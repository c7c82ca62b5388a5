package dragonfab.release.files;

import dragonfab.recipe.Run;
import dragonfab.recipe.RunKey;
import dragonfab.release.Candidate;
import dragonfab.release.Place;
import dragonfab.release.ReleaseSource;
import java.nio.file.Path;
import java.util.Optional;

/** One tar file on its way to all targets of a deploy. */
public record FilesSource(TarRelease release) implements ReleaseSource {
    static final RunKey<TarRelease> CHOSEN = RunKey.of(TarRelease.class);

    /** What was chosen for this run, the file that was named, or the newest in package_dir. */
    public static FilesSource of(Run run, Optional<Path> file) {
        return new FilesSource(run.passed(CHOSEN).or(() -> file.map(TarRelease::of))
                .orElseGet(() -> TarRelease.newest(run.environment())));
    }

    @Override
    public Candidate candidate(Place place) {
        return new ComingFiles(place, release);
    }
}
