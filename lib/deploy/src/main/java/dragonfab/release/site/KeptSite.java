package dragonfab.release.site;

import dragonfab.release.Candidate;
import dragonfab.release.Change;
import dragonfab.release.Place;
import dragonfab.state.Release;
import dragonfab.state.ReleaseId;
import java.util.List;
import java.util.Optional;

/** A release that lies on one target from an earlier deploy, to serve again. */
final class KeptSite implements Candidate {
    private final Place place;
    private final Release release;

    KeptSite(Place place, Release release) {
        this.place = place;
        this.release = release;
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
        return place.facts().runs(release.id()) && !place.facts().unfinished();
    }

    @Override
    public Optional<String> folder() {
        return Optional.of(new SiteCommands(place.state()).site().release(release.version()));
    }

    @Override
    public List<Change> activate() {
        return List.of(Change.detached(title(),
                SiteKind.serve(place, release.version())));
    }
}
