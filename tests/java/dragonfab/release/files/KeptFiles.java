package dragonfab.release.files;

import dragonfab.config.Key;
import dragonfab.release.Candidate;
import dragonfab.release.Change;
import dragonfab.release.Place;
import dragonfab.state.Release;
import dragonfab.state.ReleaseId;
import java.util.List;
import java.util.Optional;

/** The release in the other directory of one target. */
final class KeptFiles implements Candidate {
    private final Place place;
    private final Release release;
    private final FilesFacts facts;

    KeptFiles(Place place, Release release) {
        this.place = place;
        this.release = release;
        this.facts = FilesFacts.of(place.facts());
    }

    private String sha256() {
        return FilesCommands.artifact(id()).sha256();
    }

    @Override
    public String title() {
        return "go back to " + place.state().name() + " " + release.version();
    }

    @Override
    public ReleaseId id() {
        return release.id();
    }

    @Override
    public void bring() {
        // It lies there.
    }

    @Override
    public boolean runs() {
        return facts.runningSum().equals(Optional.of(sha256()));
    }

    @Override
    public Optional<String> folder() {
        return facts.folder(sha256()).map(folder -> new FilesCommands(place.state()).root() + "/" + folder);
    }

    @Override
    public List<Change> activate() {
        return List.of(Change.detached(title(), new FilesCommands(place.state()).activate(sha256(),
                place.environment().find(Key.SERVICES).orElse(List.of()))));
    }
}
