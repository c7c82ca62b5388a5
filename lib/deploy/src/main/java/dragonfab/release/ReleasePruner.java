package dragonfab.release;

import dragonfab.config.Key;
import dragonfab.report.Failure;
import dragonfab.state.Release;
import java.util.Optional;

/** Removes what no release within reach needs; a failure here does not spoil a good deploy. */
final class ReleasePruner {
    private final Place place;
    private final ReleaseKind kind;

    ReleasePruner(Place place, ReleaseKind kind) {
        this.place = place;
        this.kind = kind;
    }

    /** @param release that went well @param left the version that it went away from, if it was a rollback */
    void after(Release release, Optional<String> left) {
        var remote = place.remote();
        var before = place.facts();
        if (remote.dry()) {
            return;
        }
        try {
            var keep = before.journal().and(release, left).filesOfNewest(place.environment().get(Key.KEEP_RELEASES));
            if (!before.kept().keySet().stream().allMatch(keep::contains)) {
                remote.run("remove old releases", kind.prune(place.state(), keep), said -> !said.isBlank());
            }
        } catch (Failure failure) {
            remote.warn("old releases are still there: " + failure.getMessage());
        }
    }
}
