package dragonfab;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Scope;
import dragonfab.config.ScriptName;
import dragonfab.config.Target;
import dragonfab.ops.ContainerState;
import dragonfab.ops.LockInfo;
import dragonfab.ops.Lxc;
import dragonfab.ops.Prospect;
import dragonfab.ops.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What all places say of a deploy that is to come; targets are asked as they are, and none is made or started. */
final class Forecast {
    private final Run run;
    private final Environment environment;
    private final Sequence sequence;
    private final ReleaseKind kind;
    private final PlannedRelease planned;
    private final String salt;
    private volatile boolean missing;

    Forecast(Run run, Sequence sequence, ReleaseKind kind, PlannedRelease planned, String salt) {
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
    Map<String, List<Prospect>> lines(boolean locks) {
        Map<String, List<Prospect>> places = new ConcurrentHashMap<>();
        var targets = run.wanted();
        var database = Scope.database(targets).orElseThrow();
        run.all(targets, target -> {
            places.put(target.name(), lines(target, target == database, locks));
            return target;
        });
        places.put("here", planned.local());
        return new TreeMap<>(places);
    }

    private List<Prospect> lines(Target target, boolean first, boolean locks) {
        if (target instanceof Container container) {
            var state = ContainerState.of(run.holder().ask(Lxc.of(container.name(), environment).state()));
            if (state != ContainerState.RUNNING) {
                missing = true;
                return List.of(Prospect.fact("target", state == ContainerState.MISSING
                        ? "is not there yet: the deploy makes it" : "does not run: the deploy starts it"));
            }
        }
        return lines(run.reached(target), first, locks);
    }

    private List<Prospect> lines(Remote remote, boolean first, boolean locks) {
        var site = new Site(environment.application("deploy"));
        var facts = Installation.facts(remote, kind, site);
        var lines = new ArrayList<>(planned.at(remote, facts, salt));
        if (first && sequence.step(ScriptName.DB_MIGRATE).isPresent()) {
            lines.addAll(Pending.at(remote, run, facts.running().isPresent(), !facts.runs(planned.version())));
        }
        if (locks) {
            remote.ask(site.lockFacts()).lines().forEach(line -> lock(line, lines));
        }
        return lines;
    }

    private static void lock(String line, List<Prospect> lines) {
        var words = line.split(" ", 2);
        var rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "owner" -> lines.add(Prospect.remark("lock", "held by " + LockInfo.of(rest).shown()));
            case "hold" -> lines.add(Prospect.problem("hold", "deploys are on hold: " + LockInfo.of(rest).shown()));
            default -> {
                // A step that runs is its owner's.
            }
        }
    }
}
