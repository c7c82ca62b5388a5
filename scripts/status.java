///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Shows what runs on each target, and whether it is healthy.

import dragonfab.config.Key;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.health.HealthCheck;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.SnapshotRollback;
import dragonfab.release.TargetDeploy;
import dragonfab.state.LockStatus;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Shows what runs on each target, and whether it is healthy.")
class Status extends EnvironmentScript {
    @Option(names = "--follow", description = "Follow the step that runs, to its end.")
    boolean follow;

    public static void main(String... args) {
        System.exit(new Status().start(args));
    }

    @Override
    protected boolean onlyReads() {
        return true;
    }

    @Override
    protected void steps(Run run) {
        var state = new TargetState(run.environment().application("status"));
        if (follow) {
            run.eachReached(remote -> {
                if (new LockStatus(remote.ask(state.lockFacts()).lines()).stepRuns()) {
                    remote.show("the step that runs", state.follow(), true);
                } else {
                    remote.note("no step runs");
                }
            });
            return;
        }
        var rows = new ConcurrentHashMap<String, Map<String, String>>();
        try {
            run.eachReached(remote -> rows.put(remote.name(), row(run, remote, state)));
        } finally {
            run.environment().targets().stream().map(target -> rows.get(target.name())).filter(Objects::nonNull)
                    .forEach(row -> run.report().row("status", row));
        }
    }

    private static Map<String, String> row(Run run, Remote remote, TargetState state) {
        var kind = ReleaseKinds.of(run.environment());
        var facts = TargetDeploy.facts(remote, kind, state);
        var installed = facts.running().orElse("none");
        var services = run.at(remote).find(Key.SERVICES).orElse(List.of());
        var failing = remote.ask(kind.failing(state, services)).text();
        var unseen = facts.hasSystemd() ? List.<String>of() : TargetDeploy.unseen(remote, kind, state, services);
        var health = new HealthCheck(run, installed);
        var drift = remote.ask(kind.drift(state)).lines();
        var row = new LinkedHashMap<String, String>();
        row.put("host", remote.name());
        row.put("release", installed);
        row.put("journal", facts.comparedToJournal());
        row.put("services", installed.equals("none") ? ""
                : !failing.isEmpty() ? failing.replace("\n", "; ")
                : unseen.isEmpty() ? "running" : "running, but not looked at: " + String.join(", ", unseen));
        var healthText = installed.equals("none") || !run.at(remote).has(Key.HEALTH) ? ""
                : health.problem(remote).map(problem -> "unhealthy: " + problem).orElse("healthy");
        row.put("health", !facts.journal().out() ? healthText
                : healthText.isEmpty() ? "out of service" : healthText + ", out of service");
        row.put("url", health.seenFromHere(remote) + "/");
        row.put("packages", facts.unfinished() ? "half-configured: " + kind.witness() + " was interrupted"
                : !facts.inTheWay().isEmpty() ? "others are unfinished: " + String.join(", ", facts.inTheWay())
                : drift.isEmpty() || installed.equals("none") ? "ok" : "changed on the host: "
                        + String.join(", ", drift.stream().map(line -> line.replaceFirst("^\\S+ ", "")).toList()));
        row.put("lock", new LockStatus(remote.ask(state.lockFacts()).lines()).shown(remote::time));
        row.put("rollback", facts.rollbackFailure().isPresent()
                ? "failed, and what runs stays: " + facts.rollbackFailure().get()
                : facts.armed() || SnapshotRollback.isArmed(run) ? "armed: a deploy is under way or was cut off"
                : facts.notAsBefore().isEmpty() ? "" : "not as before: " + String.join("; ", facts.notAsBefore()));
        return row;
    }
}
