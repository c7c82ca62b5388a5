package dragonfab.deploy;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.health.HealthCheck;
import dragonfab.recipe.Run;
import dragonfab.release.ReleaseKind;
import dragonfab.release.SnapshotRollback;
import dragonfab.release.TargetDeploy;
import dragonfab.report.LongList;
import dragonfab.state.LockStatus;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one target says of the site there: a row for people, and what of it is not as it should be. */
public final class TargetStatus {
    private static final String NONE = "none";
    private final Run run;
    private final Remote remote;
    private final Environment environment;
    private final TargetState state;
    private final ReleaseKind kind;
    private final TargetFacts facts;
    private final Map<String, String> row = new LinkedHashMap<>();
    private final Map<String, String> troubles = new LinkedHashMap<>();

    private TargetStatus(Run run, Remote remote, TargetState state) {
        this.run = run;
        this.remote = remote;
        this.environment = run.at(remote);
        this.state = state;
        this.kind = ReleaseKinds.of(run.environment());
        this.facts = TargetDeploy.facts(remote, kind, state);
    }

    /** Asks it all. */
    public static TargetStatus of(Run run, Remote remote, TargetState state) {
        var status = new TargetStatus(run, remote, state);
        status.ask();
        return status;
    }

    public Map<String, String> row() {
        return row;
    }

    /** In a line: "services: app.service is failed (exit-code)"; nothing where it is healthy. */
    public Optional<String> trouble() {
        return troubles.entrySet().stream().map(each -> each.getKey() + ": " + each.getValue())
                .reduce((one, other) -> one + "; " + other).map(text -> remote.name() + ": " + text);
    }

    private void ask() {
        var journal = facts.comparedToJournal();
        var lock = new LockStatus(remote.ask(state.lockFacts()).lines());
        row.put("host", remote.name());
        row("release", installed(), isInstalled());
        row("journal", journal, journal.equals("in sync"));
        services();
        health();
        row.put("url", new HealthCheck(run, installed()).seenFromHere(remote) + "/");
        packages();
        row.put("lock", lock.shown(remote::time));
        rollback(lock);
    }

    private void row(String column, String text, boolean well) {
        row.put(column, text);
        if (!well) {
            troubles.put(column, text);
        }
    }

    private String installed() {
        return facts.running().orElse(NONE);
    }

    private boolean isInstalled() {
        return facts.running().isPresent();
    }

    private void services() {
        var units = environment.find(Key.SERVICES).orElse(List.of());
        var failing = remote.ask(kind.failing(state, units)).text();
        var unseen = facts.hasSystemd() ? List.<String>of() : TargetDeploy.unseen(remote, kind, state, units);
        boolean none = facts.startsNothing() && units.isEmpty() && environment.get(Key.COMPANIONS).isEmpty();
        row("services", !isInstalled() ? "" : !failing.isEmpty() ? failing.replace("\n", "; ") : none ? NONE
                : unseen.isEmpty() ? "running" : "running, but not looked at: " + String.join(", ", unseen),
                !isInstalled() || failing.isEmpty());
    }

    private void health() {
        var problem = isInstalled() && environment.has(Key.HEALTH)
                ? new HealthCheck(run, installed()).problem(remote) : Optional.<String>empty();
        var text = !isInstalled() || !environment.has(Key.HEALTH) ? ""
                : problem.map(why -> "unhealthy: " + why).orElse("healthy");
        boolean out = facts.journal().out();
        row("health", !out ? text : text.isEmpty() ? "out of service" : text + ", out of service",
                problem.isEmpty() && !out);
    }

    private void packages() {
        var drift = remote.ask(kind.drift(state)).lines();
        var text = facts.unfinished() ? "half-configured: " + kind.witness() + " was interrupted"
                : !facts.inTheWay().isEmpty() ? "others are unfinished: " + LongList.of(facts.inTheWay())
                : drift.isEmpty() || !isInstalled() ? "ok" : "changed on the host: "
                        + LongList.of(drift.stream().map(line -> line.replaceFirst("^\\S+ ", "")).toList());
        row("packages", text, text.equals("ok"));
    }

    private void rollback(LockStatus lock) {
        boolean armed = facts.armed() || SnapshotRollback.isArmed(run);
        var text = facts.rollbackFailure().isPresent() ? "failed, and what runs stays: " + facts.rollbackFailure().get()
                : armed ? "armed: a deploy is under way or was cut off"
                : facts.notAsBefore().isEmpty() ? "" : "not as before: " + LongList.of(facts.notAsBefore(), "; ");
        // One that is under way is no trouble; nobody has the lock of one that was cut off.
        row("rollback", text, text.isEmpty() || facts.rollbackFailure().isEmpty() && armed && lock.isHeld());
    }
}
