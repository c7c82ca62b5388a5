package dragonfab.web;

import dragonfab.recipe.CurrentUser;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The site on one target as visitors meet it: open, or closed with a page that says so.
 *
 * <p>A switch that visitors do not get to see is taken back.
 */
final class MaintenanceSwitch {
    private static final String CLOSE = "put the site into maintenance";
    private static final String OPEN = "bring the site back";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Remote remote;
    private final Maintenance maintenance;
    private final MaintenanceFacts facts;

    private MaintenanceSwitch(Remote remote, Maintenance maintenance) {
        this.remote = remote;
        this.maintenance = maintenance;
        this.facts = ask(remote, maintenance);
    }

    /** Asks the target what is there. */
    static MaintenanceSwitch on(Remote remote, Maintenance maintenance) {
        return new MaintenanceSwitch(remote, maintenance);
    }

    private static MaintenanceFacts ask(Remote remote, Maintenance maintenance) {
        return MaintenanceFacts.of(remote.read(maintenance.facts()).lines().toList());
    }

    boolean closed() {
        return facts.notice().isPresent();
    }

    /** Refuses what would not close the site, before anything changes. */
    void requireClosable() {
        maintenance.refusal(remote.name(), facts).ifPresent(refusal -> {
            throw refusal;
        });
        if (!facts.broken().isEmpty()) {
            remote.warn(maintenance.serverName() + " would not start again with its configuration: "
                    + facts.broken().get(0));
        }
    }

    /** @param message null leaves the one that is there */
    void close(String message) {
        if (facts.nothingThere(maintenance.host())) {
            remote.unchanged(CLOSE, "there is no site yet");
            remote.warn("taken for a first deploy: neither the package " + maintenance.state().name()
                    + " nor a site that could be its own is there");
            return;
        }
        var notice = facts.notice().map(old -> message == null ? old : old.saying(message, CurrentUser.am()))
                .orElseGet(() -> MaintenanceNotice.now(CurrentUser.am(), message == null ? "" : message));
        boolean ready = maintenance.installed(facts) && !facts.closedButSeen();
        if (!ready) {
            remote.run("give " + maintenance.serverName() + " the rules of maintenance",
                    maintenance.putRules());
        }
        if (ready && facts.notice().filter(notice::equals).isPresent() && maintenance.says(facts, notice)) {
            remote.unchanged(CLOSE, "it is: " + notice.shownSince(remote::time) + " by " + notice.by());
            return;
        }
        orTakenBack(() -> {
            remote.run(CLOSE, maintenance.close(notice), answer -> answer.contains("changed"));
            verify("maintenance");
        });
    }

    /** Whether there is anything to open. */
    boolean opens() {
        return closed() || facts.shown().equals("maintenance") || facts.shown().equals("mixed");
    }

    void open() {
        if (!opens()) {
            remote.unchanged(OPEN, "it is live");
            return;
        }
        orTakenBack(() -> {
            remote.run(OPEN, maintenance.open());
            verify("live");
        });
    }

    /** Looks as a visitor would; a reload is not over when it says so, hence the patience. */
    private void verify(String wanted) {
        var last = new AtomicReference<>(facts);
        remote.await("check what visitors see", PATIENCE, () -> {
            last.set(ask(remote, maintenance));
            var shown = last.get().shown();
            return shown.equals(wanted) || shown.equals("unknown") ? Optional.empty()
                    : Optional.of(last.get().why());
        });
        if (!remote.dry() && last.get().shown().equals("unknown")) {
            remote.warn("done, but nobody can say what visitors see: " + last.get().why());
        }
    }

    private void orTakenBack(Runnable work) {
        try {
            work.run();
        } catch (Failure failure) {
            try {
                remote.run("leave the site as it was",
                        facts.notice().map(maintenance::close).orElseGet(maintenance::open));
            } catch (Failure again) {
                throw failure.as(Exit.NEEDS_ATTENTION);
            }
            throw failure;
        }
    }

    /** Its state, for a table. */
    Map<String, String> row() {
        var row = new LinkedHashMap<String, String>();
        row.put("host", remote.name());
        row.put("mode", closed() ? "maintenance" : "live");
        row.put("visitors", facts.shown());
        row.put("since", facts.notice().map(notice -> notice.shownSince(remote::time)).orElse(""));
        row.put("by", facts.notice().map(MaintenanceNotice::by).orElse(""));
        row.put("message", facts.notice().map(MaintenanceNotice::message).orElse(""));
        return row;
    }
}
