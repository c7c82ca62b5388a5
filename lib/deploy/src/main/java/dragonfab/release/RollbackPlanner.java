package dragonfab.release;

import dragonfab.config.Key;
import dragonfab.config.WebServer;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.shell.Command;
import dragonfab.state.Release;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.RollbackPlan;
import dragonfab.state.RollbackWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plans the automatic rollback of one target; one to a release is possible when the kind of release says so. */
final class RollbackPlanner {
    /** Who is silent for longer than a step may take, and this, is taken for gone. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Place place;
    private final ReleaseKind kind;
    private final boolean allowNoRollback;
    private final boolean unhealed;
    private Optional<Release> destination = Optional.empty();

    /**
     * @param allowNoRollback whether a person wants to go on where there is none
     * @param unhealed        whether the rollback of a deploy before has failed: then this one tries the same again
     */
    RollbackPlanner(Place place, ReleaseKind kind, boolean allowNoRollback, boolean unhealed) {
        this.place = place;
        this.kind = kind;
        this.allowNoRollback = allowNoRollback;
        this.unhealed = unhealed;
    }

    /** To what there is now; nothing but the site's being open or closed before the first release. */
    RollbackPlan plan() {
        destination = unhealed ? lastGood() : running();
        return destination.map(release -> to(kind.restore(place, release), ReleaseOutcome.ROLLED_BACK))
                .orElseGet(() -> unhealed || place.facts().running().isPresent() ? planWithoutRelease()
                        : to(kind.restoreNothing(place), ReleaseOutcome.FAILED));
    }

    /** The release that the plan leads to. */
    Optional<Release> destination() {
        return destination;
    }

    private Optional<Release> lastGood() {
        return place.facts().journal().current()
                .filter(release -> place.facts().keeps(release.id()));
    }

    /** To no release at all. */
    RollbackPlan planWithoutRelease() {
        return to(List.of(), ReleaseOutcome.FAILED);
    }

    private RollbackPlan to(List<Command> restore, ReleaseOutcome outcome) {
        var commands = new ArrayList<>(restore);
        var server = place.environment().get(Key.WEB_SERVER);
        if (server != WebServer.NONE) {
            commands.add(place.state().restoreMaintenance(server.name().toLowerCase(Locale.ROOT)));
        }
        return new RollbackPlan(commands, outcome, place.remote().limit().plus(GRACE),
                new RollbackWatch(kind.fingerprint(place.state()), kind.failing(place.state(), units())));
    }

    private List<String> units() {
        return place.environment().find(Key.SERVICES).orElse(List.of());
    }

    private Optional<Release> running() {
        try {
            var running = place.facts().running().map(this::known);
            running.ifPresent(release -> kind.requireKept(place, release));
            return running;
        } catch (Failure failure) {
            goOnWithoutRollback(failure);
            return Optional.empty();
        }
    }

    private Release known(String version) {
        return place.facts().runningRelease().orElseThrow(() -> Failure.refused(place.remote().name(),
                place.state().name() + " " + version + " was not installed by us: it cannot be brought back"));
    }

    /** Refuses, unless somebody wants to go on though there is none. */
    void goOnWithoutRollback(Failure reason) {
        if (!allowNoRollback) {
            throw reason.remedy() == null ? reason.remedy(Remedy.again("--allow-no-rollback")) : reason;
        }
        place.remote().warn("there will be no automatic rollback: " + reason.getMessage());
    }
}
