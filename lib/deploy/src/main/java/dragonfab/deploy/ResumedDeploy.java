package dragonfab.deploy;

import dragonfab.config.Environment;
import dragonfab.config.SequenceStep;
import dragonfab.recipe.Run;
import dragonfab.release.ReleaseKind;
import dragonfab.release.TargetDeploy;
import dragonfab.report.Failure;
import dragonfab.state.Release;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A deploy that was left off, as the targets' journals have it: which release it was to bring, and who has not got it.
 *
 * <p>It is the release of the newest deploy on any target, whatever has been built here since.
 */
public final class ResumedDeploy {
    private final Run run;
    private final Environment environment;
    private final TargetState state;
    private final ReleaseKind kind;
    private final Map<String, TargetFacts> facts = new ConcurrentHashMap<>();

    /** Null until it is known. */
    private Release release;

    private ResumedDeploy(Run run) {
        this.run = run;
        this.environment = run.environment();
        this.state = new TargetState(environment.application("--resume"));
        this.kind = ReleaseKinds.of(environment);
    }

    /**
     * From now on the run is about those targets that lack it, and its scripts deploy that release.
     *
     * @return it, where any target does
     */
    public static Optional<ResumedDeploy> begin(Run run) {
        var resumed = new ResumedDeploy(run);
        return resumed.begin() ? Optional.of(resumed) : Optional.empty();
    }

    /** Whether one target has done that step for all, in a run by which any of them has the release. */
    public boolean hasDone(SequenceStep step) {
        return facts.values().stream().flatMap(known -> known.journal().once().entrySet().stream())
                .filter(done -> done.getValue().contains(step.shown()))
                .anyMatch(done -> facts.values().stream().flatMap(known -> known.journal().releases().stream())
                        .anyMatch(each -> each.run().equals(done.getKey()) && each.isGood()
                                && kind.isOneRelease(each.id(), release.id())));
    }

    /** The release, for people. */
    @Override
    public String toString() {
        return state.name() + " " + release.version();
    }

    private boolean begin() {
        var tolerance = FailureTolerance.of(run);
        tolerance.begin(run.targets(), remote -> facts.put(remote.name(), TargetDeploy.facts(remote, kind, state)));
        release = newest();
        var done = new ArrayList<String>();
        facts.forEach((place, known) -> {
            if (has(known)) {
                done.add(place);
            }
        });
        run.allTargets().leaveOut(done);
        if (run.targets().isEmpty() && !tolerance.isWhole()) {
            throw tolerance.someFailed(List.of(), Optional.empty());
        } else if (run.targets().isEmpty()) {
            run.report().note(environment.name(), "nothing is left: " + state.name() + " " + release.version()
                    + " is on " + String.join(", ", done.stream().sorted().toList()));
            return false;
        }
        run.report().note(environment.name(), state.name() + " " + release.version() + " is left for "
                + String.join(", ", run.targets().stream().map(Remote::name).toList()));
        kind.chooseAgain(run, release);
        return true;
    }

    private Release newest() {
        var newest = facts.values().stream().flatMap(known -> known.journal().releases().stream())
                .max(Comparator.comparing(Release::at))
                .orElseThrow(() -> refused("no deploy was ever begun there"));
        if (!newest.action().equals("deploy")) {
            throw refused("the last change was a rollback to " + newest.version());
        }
        return newest;
    }

    private boolean has(TargetFacts known) {
        return !known.armed() && known.runningRelease().map(Release::id)
                .filter(found -> kind.isOneRelease(found, release.id()) && known.runsAsDeployed(found)).isPresent();
    }

    private Failure refused(String why) {
        return Failure.refused(environment.name(), "there is nothing to resume: " + why);
    }
}
