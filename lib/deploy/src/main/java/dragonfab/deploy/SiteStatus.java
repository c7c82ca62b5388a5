package dragonfab.deploy;

import dragonfab.recipe.Run;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.state.LockStatus;
import dragonfab.state.TargetState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What all targets of a run say of the site there; nothing changes by asking. */
public final class SiteStatus {
    private final Run run;
    private final TargetState state;
    private final Map<String, TargetStatus> found = new ConcurrentHashMap<>();

    public SiteStatus(Run run) {
        this.run = run;
        this.state = new TargetState(run.environment().application("status"));
    }

    /** Follows the step that runs, on each target where one does. */
    public void follow() {
        run.eachReached(remote -> {
            if (new LockStatus(remote.ask(state.lockFacts()).lines()).stepRuns()) {
                remote.show("the step that runs", state.follow(), true);
            } else {
                remote.note("no step runs");
            }
        });
    }

    /** A row for each that can be asked. */
    public void show() {
        try {
            run.eachReached(remote -> found.put(remote.name(), TargetStatus.of(run, remote, state)));
        } finally {
            inOrder().forEach(status -> run.report().row("status", status.row()));
        }
    }

    /** Fails as a person or a monitor can tell by the exit code: whether a target is not well, or was not asked. */
    public void requireHealthy() {
        try {
            show();
        } catch (Failure failure) {
            // What is known to be wrong is graver than what is not known.
            throw !troubles().isEmpty() ? failure.as(Exit.NEEDS_ATTENTION)
                    : failure.exit() == Exit.USAGE ? failure : failure.as(Exit.FAILED);
        }
        if (!troubles().isEmpty()) {
            throw Failure.stuck(run.environment().name(), troubles().size() + " of " + found.size()
                    + (found.size() == 1 ? " target is" : " targets are") + " not healthy").listing(troubles());
        }
    }

    private List<TargetStatus> inOrder() {
        return run.environment().targets().stream().map(target -> found.get(target.name())).filter(Objects::nonNull)
                .toList();
    }

    private List<String> troubles() {
        return inOrder().stream().map(TargetStatus::trouble).flatMap(Optional::stream).toList();
    }
}
