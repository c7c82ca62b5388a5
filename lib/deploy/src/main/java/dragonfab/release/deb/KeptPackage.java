package dragonfab.release.deb;

import dragonfab.release.AptGuard;
import dragonfab.release.Candidate;
import dragonfab.release.Change;
import dragonfab.release.Place;
import dragonfab.state.Release;
import dragonfab.state.ReleaseId;
import java.util.List;

/** A package that lies on one target from an earlier deploy, to be installed there again. */
final class KeptPackage implements Candidate {
    private final Place place;
    private final Release release;

    KeptPackage(Place place, Release release) {
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
        if (!runs()) {
            AptGuard.requireSane(place);
        }
    }

    @Override
    public boolean runs() {
        return place.facts().runs(release.id()) && !place.facts().unfinished();
    }

    @Override
    public List<Change> activate() {
        return List.of(
                Change.detached(title(), new DebCommands(place.state()).restore("again", release.id(), place.facts(),
                        place.environment(), List.of())));
    }
}
