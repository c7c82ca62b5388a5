package dragonfab.deploy;

import dragonfab.config.Hook;
import dragonfab.config.Key;
import dragonfab.health.HealthCheck;
import dragonfab.recipe.Run;
import dragonfab.release.TargetDeploy;
import dragonfab.shell.Command;
import dragonfab.target.Remote;
import java.util.List;

/**
 * The commands around the change of one target, as those that take it out of a load balancer and put it back.
 *
 * <p>Who was taken out stands in the target's journal until it was put back, so that the next command knows.
 */
final class HostHooks {
    private final Run run;
    private final List<Hook> before;
    private final List<Hook> after;

    HostHooks(Run run) {
        this.run = run;
        this.before = run.environment().find(Key.BEFORE_HOST).orElse(List.of());
        this.after = run.environment().find(Key.AFTER_HOST).orElse(List.of());
    }

    boolean any() {
        return !before.isEmpty() || !after.isEmpty();
    }

    /** Before the change; when it fails, nothing has changed there. */
    void before(TargetDeploy deploy) {
        if (any() && !deploy.rotation().isOut()) {
            deploy.rotation().takeOut();
            perform("before_host", before, deploy.rotation().target());
        }
    }

    /** After it, however it ended; nothing where it never was out. */
    void after(TargetDeploy deploy) {
        if (any() && deploy.rotation().isOut()) {
            perform("after_host", after, deploy.rotation().target());
            deploy.rotation().putBack();
        }
    }

    /** The line finds the target's name in $1 and its address in $2. */
    private void perform(String key, List<Hook> hooks, Remote target) {
        if (hooks.isEmpty()) {
            return;
        }
        var address = new HealthCheck(run, "none").address(target);
        for (var hook : hooks) {
            var place = hook.at() == null ? run.here() : run.places().reached(hook.at());
            place.run(key + " " + target.name(), Command.script(hook.run(), target.name(), address));
        }
    }
}
