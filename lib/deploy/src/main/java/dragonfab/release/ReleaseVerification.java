package dragonfab.release;

import dragonfab.config.Key;
import dragonfab.health.HealthBaseline;
import dragonfab.health.HealthCheck;
import dragonfab.health.HttpCheck;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.state.TargetFacts;
import dragonfab.state.TargetState;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a site on one target is well: by its units, by what the target says that runs, and by its own word.
 *
 * <p>apt says 0 also where it did nothing, and so do maintainer scripts.
 */
final class ReleaseVerification {
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final Run run;
    private final Remote remote;
    private final TargetState state;
    private final ReleaseKind kind;
    private final List<String> units;
    private final boolean systemd;
    private boolean startsNothing;
    /** Null until something is about to change. */
    private HealthBaseline baseline;

    ReleaseVerification(Run run, Remote remote, TargetState state, TargetFacts facts, ReleaseKind kind) {
        this.run = run;
        this.remote = remote;
        this.state = state;
        this.systemd = facts.hasSystemd();
        this.kind = kind;
        this.units = run.at(remote).find(Key.SERVICES).orElse(List.of());
        this.startsNothing = facts.startsNothing() && units.isEmpty();
    }

    /** Installed and well is not running: what nothing starts is said to be so before it is there. */
    void coming(Candidate candidate) {
        startsNothing = candidate.startsNothing() && units.isEmpty();
        if (startsNothing) {
            remote.warn(state.name() + " brings no unit, and nothing for init, cron or a web server: nothing starts it;"
                    + " a unit is debian/" + state.name() + ".service, and what else runs it is named under services");
        }
    }

    /** Asked before anything is stopped: just booted, it may not answer yet, and would not be believed later. */
    void before(Optional<String> running) {
        baseline = HealthBaseline.before(run, remote, running);
    }

    /** One check, without waiting. */
    boolean isHealthy(Optional<String> version) {
        return new HealthCheck(run, version.orElse("")).problem(remote).isEmpty();
    }

    /**
     * After a change. Asks over a connection of its own, since the change may have shut the door behind us.
     *
     * @param alike whether all targets should have that release
     */
    void require(Optional<String> version, boolean alike) {
        run.places().freshConnection(remote, fresh -> {
            services(fresh);
            version.ifPresent(expected -> {
                var running = fresh.ask(kind.running(state)).text();
                if (!running.equals(expected)) {
                    throw Failure.failed(fresh.name(), kind.witness() + " has " + (running.isEmpty() ? "no whole " : "")
                            + state.name() + (running.isEmpty() ? "" : " " + running) + " and not " + expected);
                }
                baseline.require(expected, alike);
            });
        });
    }

    /** Says what was seen already. */
    void stillHealthy() {
        remote.unchanged(title(remote), "");
    }

    /** Never claims more than what is looked at. */
    private String title(Remote there) {
        if (startsNothing) {
            return "see what runs of " + state.name() + ": it brings nothing that starts";
        }
        var unseen = systemd ? List.<String>of() : TargetDeploy.unseen(there, kind, state, units);
        return "see that the services of " + state.name() + " run" + (unseen.isEmpty() ? ""
                : ", but for " + String.join(", ", unseen) + ": systemd does not run there");
    }

    /** Waits until all units run; the last words of those that do not are in the failure. */
    void services() {
        services(remote);
    }

    private void services(Remote there) {
        try {
            there.await(title(there), SETTLE, () -> {
                var failing = there.ask(kind.failing(state, units)).text();
                return failing.isEmpty() ? Optional.empty() : Optional.of(failing.replace("\n", "; "));
            });
        } catch (Failure failure) {
            var failing = there.ask(kind.failing(state, units)).lines().stream().map(line -> line.split(" ")[0])
                    .toList();
            throw failure.of(null, there.ask(state.lastWords(failing)).lines());
        }
    }

    /** By what the target finds out for itself whether that version is well; nothing where it cannot. */
    Optional<Command> judge(String version) {
        if (!baseline.knownOnTarget()) {
            return Optional.empty();
        }
        var check = baseline.onTarget().map(question -> question.asked(version));
        return Optional.of(state.judge(version,
                SETTLE.plusSeconds(run.at(remote).get(Key.HEALTH_TIMEOUT)), kind.running(state),
                kind.failing(state, units), check.map(HttpCheck::ask),
                check.map(HttpCheck::expected).orElse(List.of())));
    }
}
