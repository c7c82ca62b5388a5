package dragonfab.deploy;

import dragonfab.recipe.CurrentUser;
import dragonfab.recipe.Run;
import dragonfab.state.LockOwner;
import dragonfab.state.TargetState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A deploy freeze: a person's word that nobody deploys for a while, kept on each target until it is removed. */
public final class DeployHold {

    private DeployHold() {
    }

    /** The newest word counts. */
    public static void put(Run run, String message) {
        var info = new LockOwner("", CurrentUser.am(), Instant.now().truncatedTo(ChronoUnit.SECONDS), message);
        var state = state(run);
        run.each(remote -> remote.run("forbid deploys", state.hold(info)));
    }

    public static void remove(Run run) {
        var state = state(run);
        run.each(remote -> remote.run("allow deploys", state.release(), said -> said.contains("changed")));
    }

    private static TargetState state(Run run) {
        return new TargetState(run.environment().application("lock"));
    }
}
