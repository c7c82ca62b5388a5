package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Release;
import dragonfab.ops.Site;
import dragonfab.report.Failure;

/** The end of packages that no release within reach needs; a failure here does not spoil a good deploy. */
record Pruning(Remote remote, Environment environment, Site site) {

    /** @param before what the target was like @param release that went well since @param left as it says */
    void after(PackageFacts before, Release release, String left) {
        if (remote.dry()) {
            return;
        }
        try {
            var keep = before.journal().and(release, left).filesOfNewest(environment.get(Key.KEEP_RELEASES));
            if (!before.kept().keySet().stream().allMatch(keep::contains)) {
                remote.run("remove packages of old releases", site.prune(keep), said -> !said.isBlank());
            }
        } catch (Failure failure) {
            remote.warn("old packages are still there: " + failure.getMessage());
        }
    }
}
