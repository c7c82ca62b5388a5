package dragonfab;

import dragonfab.ops.PackageFacts;
import dragonfab.ops.Prospect;
import java.util.List;
import java.util.Optional;

/** The release that a sequence would deploy, as far as it is known before anything changes. */
public interface PlannedRelease {
    String version();

    /** Why a deploy of exactly this cannot be promised, and what to do about it; empty where it can. */
    Optional<String> notYet();

    /** How a plan names it, for {@link ReleaseKind#planned(Run, String)}. */
    String name();

    /** What would leave this machine. */
    List<Prospect> local();

    /** What it would do to a target, which is only asked. @param salt keeps anybody from guessing secrets by their marks */
    List<Prospect> at(Remote remote, PackageFacts facts, String salt);

    /** From now on the scripts of this run deploy this one, and no other. */
    void choose(Run run);
}
