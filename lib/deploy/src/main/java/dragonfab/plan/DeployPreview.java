package dragonfab.plan;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.ScriptName;
import dragonfab.config.Target;
import dragonfab.config.TargetScope;
import dragonfab.lxc.ContainerState;
import dragonfab.lxc.Lxc;
import dragonfab.recipe.Run;
import dragonfab.release.PlanLine;
import dragonfab.release.PlannedRelease;
import dragonfab.release.ReleaseKind;
import dragonfab.release.TargetDeploy;
import dragonfab.state.LockOwner;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import dragonfab.target.ContainerProvisioner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What a deploy would do at each place; targets are asked as they are, and none is made or started. */
final class DeployPreview {
    private final Run run;
    private final Environment environment;
    private final DeploySequence sequence;
    private final ReleaseKind kind;
    private final PlannedRelease planned;
    private final String salt;
    private volatile boolean missing;

    DeployPreview(Run run, DeploySequence sequence, ReleaseKind kind, PlannedRelease planned, String salt) {
        this.run = run;
        this.environment = run.environment();
        this.sequence = sequence;
        this.kind = kind;
        this.planned = planned;
        this.salt = salt;
    }

    /** Whether a target is not there. */
    boolean missing() {
        return missing;
    }

    /** @param locks whether another's lock is in the way */
    Map<String, List<PlanLine>> lines(boolean locks) {
        Map<String, List<PlanLine>> places = new ConcurrentHashMap<>();
        var targets = run.allTargets().wanted();
        var database = TargetScope.database(targets).orElseThrow();
        run.all(targets, target -> {
            places.put(target.name(), lines(target, target == database, locks));
            return target;
        });
        places.put("local", planned.local());
        return new TreeMap<>(places);
    }

    private List<PlanLine> lines(Target target, boolean first, boolean locks) {
        if (target instanceof Container container) {
            var holder = run.places().holder();
            var state = ContainerProvisioner.state(holder, holder.ask(Lxc.of(container.name(), environment).state()));
            if (state != ContainerState.RUNNING) {
                missing = true;
                return List.of(PlanLine.fact("target", state == ContainerState.MISSING
                        ? "is not there yet: the deploy makes it" : "does not run: the deploy starts it"));
            }
        }
        return lines(run.places().reached(target), first, locks);
    }

    private List<PlanLine> lines(Remote remote, boolean first, boolean locks) {
        var targetState = new TargetState(environment.application("deploy"));
        var facts = TargetDeploy.facts(remote, kind, targetState);
        var lines = new ArrayList<>(planned.at(remote, facts, salt));
        if (first && sequence.step(ScriptName.DB_MIGRATE).isPresent()) {
            lines.addAll(MigrationPreview.at(remote, run, facts.running().isPresent(), !planned.runs(facts)));
        }
        if (locks) {
            remote.ask(targetState.lockFacts()).lines().forEach(line -> lock(line, remote::time, lines));
        }
        return lines;
    }

    private static void lock(String line, Function<Instant, String> times, List<PlanLine> lines) {
        var words = line.split(" ", 2);
        var rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "owner" -> lines.add(PlanLine.remark("lock", "held by " + LockOwner.of(rest).shown(times)));
            // Part of what was agreed to, so its text must not change while time goes by.
            case "hold" -> lines.add(PlanLine.problem("freeze", "deploy freeze by "
                    + LockOwner.of(rest).shown(Instant::toString)));
            default -> {
                // A step that runs is its owner's.
            }
        }
    }
}
