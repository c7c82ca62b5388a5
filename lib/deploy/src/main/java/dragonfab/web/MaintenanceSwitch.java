package dragonfab.web;

import dragonfab.recipe.CurrentUser;
import dragonfab.report.Exit;
import dragonfab.report.Failure;
import dragonfab.target.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The site on one target as visitors meet it: open, or closed with a page that says so.
 *
 * <p>A switch that visitors do not get to see is taken back.
 */
final class MaintenanceSwitch implements SiteSwitch {
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

    @Override
    public boolean closed() {
        return facts.notice().isPresent();
    }

    @Override
    public void requireClosable() {
        maintenance.refusal(remote.name(), facts).ifPresent(refusal -> {
            throw refusal;
        });
        // A page that has to be fetched is here before any site is closed.
        maintenance.page();
        if (!facts.broken().isEmpty()) {
            remote.warn(maintenance.serverName() + " would not start again with its configuration: "
                    + facts.broken().get(0));
        }
        facts.unsure(maintenance.staysOpen()).forEach(site -> remote.warn(site.shown() + " passes to where nobody can"
                + " say; when that is the application, put this line first there: " + maintenance.line()));
    }

    @Override
    public void close(String message) {
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
                    maintenance.putRules(facts));
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

    @Override
    public boolean opens() {
        return closed() || facts.shown().equals("maintenance") || facts.shown().equals("mixed");
    }

    @Override
    public void open() {
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
        if (!remote.dry() && last.get().shown().equals("unknown") && last.get().untold().isEmpty()) {
            remote.warn("done, but nobody can say what visitors see: " + last.get().why());
        }
        if (!remote.dry()) {
            last.get().untold().forEach(why -> remote.warn("done, but nobody can say what visitors see: " + why));
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

    /** What stands in the way of saying more, or of closing all of it. */
    private String why(List<MaintenanceFacts.Served> open) {
        var reasons = new ArrayList<String>();
        open.forEach(site -> reasons.add(site.shown() + " " + site.fault()));
        reasons.addAll(facts.untold());
        if (List.of("unknown", "mixed").contains(facts.shown()) && facts.untold().isEmpty()) {
            reasons.add(facts.why());
        }
        return String.join("; ", reasons);
    }

    @Override
    public Map<String, String> row() {
        var row = new LinkedHashMap<String, String>();
        row.put("host", remote.name());
        row.put("mode", closed() ? "maintenance" : "live");
        var open = facts.open(maintenance.staysOpen());
        row.put("visitors", facts.shown().equals("maintenance") && !open.isEmpty() ? "mixed" : facts.shown());
        row.put("since", facts.notice().map(notice -> notice.shownSince(remote::time)).orElse(""));
        row.put("by", facts.notice().map(MaintenanceNotice::by).orElse(""));
        row.put("message", facts.notice().map(MaintenanceNotice::message).orElse(""));
        row.put("why", why(open));
        return row;
    }
}
