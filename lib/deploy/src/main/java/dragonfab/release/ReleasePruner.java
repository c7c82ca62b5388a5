package dragonfab.release;

import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.state.Artifact;
import dragonfab.state.Release;
import dragonfab.state.ReleaseId;
import java.util.Optional;

/** Removes what no release within reach needs; a failure here does not spoil a good deploy. */
final class ReleasePruner {
    private final Place place;
    private final ReleaseKind kind;

    ReleasePruner(Place place, ReleaseKind kind) {
        this.place = place;
        this.kind = kind;
    }

    /** @param release that went well @param left what it went away from, if it was a rollback */
    void after(Release release, Optional<ReleaseId> left) {
        var remote = place.remote();
        var before = place.facts();
        if (remote.dry()) {
            return;
        }
        try {
            var keep = before.journal().and(release, left)
                    .artifactsOfNewest(place.environment().get(Key.KEEP_RELEASES));
            var checksums = keep.stream().map(Artifact::sha256).toList();
            if (!checksums.containsAll(before.kept().keySet())) {
                remote.run("remove old releases", kind.prune(place, keep), said -> !said.isBlank());
            }
        } catch (Failure failure) {
            remote.warn("old releases are still there: " + failure.getMessage());
        }
    }
}
