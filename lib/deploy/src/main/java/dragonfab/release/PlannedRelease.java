package dragonfab.release;

import dragonfab.recipe.Run;
import dragonfab.state.TargetFacts;
import dragonfab.target.Remote;
import java.util.List;
import java.util.Optional;

/** The release that a sequence would deploy, as far as it is known before anything changes. */
public interface PlannedRelease {
    String version();

    /** Whether it runs there already, as far as that can be told. */
    default boolean runs(TargetFacts facts) {
        return facts.running().equals(Optional.of(version()));
    }

    /** Why a deploy of exactly this cannot be promised, and what to do about it; empty where it can. */
    Optional<String> notYet();

    /** How a plan names it, for {@link ReleaseKind#planned(Run, String)}. */
    String name();

    /** What would leave this machine. */
    List<PlanLine> local();

    /**
     * What it would do to a target, which is only asked.
     *
     * @param salt keeps anybody from guessing secrets by their marks
     */
    List<PlanLine> at(Remote remote, TargetFacts facts, String salt);

    /** From now on the scripts of this run deploy this one, and no other. */
    void choose(Run run);
}
