package dragonfab.release;

import dragonfab.config.Environment;
import dragonfab.config.SequenceStep;
import dragonfab.recipe.Run;
import dragonfab.shell.Command;
import dragonfab.state.Artifact;
import dragonfab.state.Journal;
import dragonfab.state.Release;
import dragonfab.state.ReleaseId;
import dragonfab.state.RunningRelease;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one kind of release knows that no other needs to: all else of a deploy is the same for each.
 *
 * <p>Most of it is values in and commands out. A command that asks never changes the target.
 */
public interface ReleaseKind extends RunningRelease {
    /** For people: what says on the target which release runs. */
    String witness();

    /**
     * Prints what a deploy has to know, as {@link TargetState#facts(String)} does: besides the lines of every kind
     * "running VERSION" where a release runs whole, "kept CHECKSUM NAME" for each artifact, and "unfinished yes" after
     * a change that was interrupted. Where the kind can tell which bytes run, it says "running-checksum CHECKSUM", or
     * "running-checksum foreign" where they are none of ours.
     */
    Command facts(TargetState state);

    /** Prints what changes whenever anybody makes a release run, also one of that version; nothing where none is there. */
    default Command fingerprint(TargetState state) {
        return running(state);
    }

    /** Prints the units that should run and do not; without names, those of the release. */
    Command failing(TargetState state, List<String> units);

    /** Prints those of them that nobody can look at, because systemd does not run there. */
    default Optional<Command> unseen(TargetState state, List<String> units) {
        return Optional.empty();
    }

    /** Prints what the units said; without names, those of the release. */
    Command logs(TargetState state, int lines, boolean follow, List<String> units);

    /** Prints the files that are no longer as the release brought them, the path last on each line. */
    Command drift(TargetState state);

    /** Which of two versions is older. */
    Comparator<String> order(Journal journal);

    /** Whether both are one release, each as it was made for some machines of the environment. */
    default boolean isOneRelease(ReleaseId one, ReleaseId other) {
        return one.isSameAs(other);
    }

    /** Finishes what a killed change left half done. */
    Optional<Change> repair(TargetState state, TargetFacts now);

    /** Refuses a release that could not be made to run again. */
    void requireKept(Place place, Release release);

    /** Makes it run again, done by the target alone. */
    List<Command> restore(Place place, Release release);

    /** Takes away what a first release has brought that failed, done by the target alone. */
    default List<Command> restoreNothing(Place place) {
        return List.of();
    }

    /** One that is kept there, to be made to run again. */
    Candidate kept(Place place, Release release);

    /** The very release that a deploy left off, to be deployed by the scripts of this run; refused when it is gone. */
    void chooseAgain(Run run, Release left);

    /** Writes down how a release that went well is on that target, for {@link #drift} to tell it from others' edits. */
    default Optional<Command> accept(Place place, Release release) {
        return Optional.empty();
    }

    /** Removes what is kept, but for these. */
    Command prune(Place place, List<Artifact> keep);

    KindSteps steps(Environment environment);

    /** What these steps would deploy; nothing where they deploy none. */
    Optional<PlannedRelease> planned(Run run, List<SequenceStep.Ours> steps);

    /** The one that a plan names; refused when it is gone. */
    PlannedRelease planned(Run run, String name);
}
