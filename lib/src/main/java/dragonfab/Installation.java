package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.ops.Debconf;
import dragonfab.ops.DebPackage;
import dragonfab.ops.DebVersion;
import dragonfab.ops.Journal;
import dragonfab.ops.Migrated;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Release;
import dragonfab.ops.Site;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One package on one target, as part of a {@link Deployment}: brought there, installed, proven to run, and written down.
 *
 * <p>Before the first change its way back is proven and armed; the outcome is written when all targets are well.
 */
public final class Installation {
    private final SiteChange change;
    private final Remote remote;
    private final Environment environment;
    private final Site site;
    private final PackageFacts facts;
    private final Run run;
    private final Relay relay;
    private final Ways ways;
    private final WayHome home;
    private final InService service;
    private Probes probes;
    private Release release;
    private String left;
    private Runnable prepared;

    Installation(SiteChange change, ContainerChange container, Run run, Relay relay, boolean noWayBack) {
        this.change = change;
        this.remote = change.remote();
        this.run = run;
        this.relay = relay;
        this.environment = run.at(remote);
        this.site = change.site();
        this.facts = change.facts();
        this.service = new InService(remote, site, change.id(), facts.journal().out());
        this.ways = new Ways(remote, environment, site, facts, noWayBack);
        this.home = new WayHome(change, ways, container);
    }

    /** Asks a target what is there. */
    public static PackageFacts facts(Remote remote, String packageName) {
        return PackageFacts.of(remote.read(new Site(packageName).facts()).lines().toList());
    }

    /** Whether a container as a whole waits to be confirmed or taken back. */
    public static boolean armedOutside(Run run) {
        return ContainerChange.wantedBy(run.environment()) && ContainerChange.armed(run);
    }

    public String place() {
        return remote.name();
    }

    /** A change that goes on to its end without us. */
    void step(String title, Command command) {
        change.step(title, command);
    }

    /** How far the database came with the release that runs. */
    Migrated migrated() {
        return facts.installed().map(facts.journal()::migrated).orElse(Migrated.NONE);
    }

    /** What was installed before; empty where there was nothing. */
    String version() {
        return facts.installed().map(DebVersion::text).orElse("");
    }

    /** One look, without waiting. */
    boolean looksWell() {
        var version = expected().orElse(new DebVersion(""));
        return new SiteHealth(run, version).problem(remote).isEmpty();
    }

    /** Whether what runs is older, so that a rollback to that release leads forward. */
    boolean isBefore(Release release) {
        return facts.installed().filter(now -> now.compareTo(release.version()) >= 0).isEmpty();
    }

    /** Brings the package there, and proves the way back unless it runs already, with these answers. */
    public void prepare(Shipment shipment, List<Debconf.Answer> answers) {
        var deb = shipment.deb();
        try {
            shipment.demandFits(remote, facts);
            shipment.send(run.here(), remote, site, facts, relay);
        } finally {
            relay.past();
        }
        var mark = answers.isEmpty() ? "" : Debconf.mark(answers);
        boolean same = facts.runs(deb.version()) && shipment.arrived(facts) && !facts.unfinished()
                && facts.journal().current().filter(r -> r.version().equals(deb.version())).isPresent();
        if (same && (mark.isEmpty() || mark.equals(facts.answers()))) {
            remote.unchanged("install " + deb, "it runs already");
            return;
        }
        home.prove();
        prepared = () -> install(deb, answers, shipment, same);
    }

    /** Whether something was prepared. */
    boolean hasWork() {
        return prepared != null;
    }

    /** Does what was prepared. */
    void perform() {
        prepared.run();
    }

    private void install(DebPackage deb, List<Debconf.Answer> answers, Shipment shipment, boolean same) {
        begin("deploy", deb.version(), deb.commit(), shipment.names(), shipment.checksums());
        if (!answers.isEmpty()) {
            remote.run("answer " + answers.size() + " debconf questions", site.answer(answers));
        }
        if (same) {
            change.step("reconfigure " + deb.name(), site.reconfigure());
        } else {
            change.step("install " + deb, ways.install(deb.version(), shipment.names()));
        }
        if (!answers.isEmpty()) {
            remote.run("take the passwords out of debconf", site.forgetPasswords(answers));
        }
    }

    /** The release that a rollback would install; a failure says why there is none. */
    public Release wayBack(String version) {
        var journal = facts.journal();
        var found = version == null ? journal.previous(facts.installed()) : journal.of(version);
        var release = found.orElseThrow(() -> Failure.refused(remote.name(), version == null
                ? "there is no earlier release to go back to" : "there has been no good release " + version)
                .remedy("jbang releases@dragonfab " + environment.name()));
        ways.demand(release);
        if (!runs(release)) {
            home.prove();
        }
        return release;
    }

    private boolean runs(Release one) {
        return facts.runs(one.version()) && !facts.unfinished();
    }

    /** Makes ready to install that one again, unless it runs already. */
    public void prepare(Release target) {
        if (runs(target)) {
            remote.unchanged("go back to " + site.name() + " " + target.version(), "it runs already");
            return;
        }
        // Forward again is no verdict on the release before.
        left = isBefore(target) ? null : facts.installed().map(DebVersion::text).orElse(null);
        prepared = () -> {
            begin("rollback", target.version(), target.commit(), target.files(), target.checksums());
            change.step("go back to " + site.name() + " " + target.version(),
                    ways.install(target.version(), target.files()));
        };
    }

    /** The site is well, asked anew where something was changed. */
    void verify() {
        verify(true);
    }

    /** The same, while other targets may have another release. */
    void verifyAlone() {
        verify(false);
    }

    /** Its units run, whatever the site answers. */
    void verifyServices() {
        if (!remote.dry()) {
            new Verdict(run, site).services(remote);
        }
    }

    private void verify(boolean alike) {
        if (remote.dry()) {
            return;
        }
        var verdict = new Verdict(run, site);
        if (changed()) {
            verdict.demand(remote, expected(),
                    expected -> probes.demand(expected, alike));
        } else if (change.isStillWell()) {
            verdict.stillWell(remote);
        } else {
            verdict.services(remote);
        }
    }

    /** What should run. */
    private Optional<DebVersion> expected() {
        return release == null ? facts.installed() : Optional.of(release.version());
    }

    private void begin(String action, DebVersion version, String commit, List<String> files, List<String> sums) {
        ready();
        release = new Release(change.id(), Instant.now(), action, version, commit, files, sums, Who.am(), "unfinished");
        var intent = Journal.intent(release, facts);
        home.begun(intent);
        remote.record(site.append(intent));
    }

    WayHome home() {
        return home;
    }

    InService service() {
        return service;
    }

    /** Before the first change: the way back is proven and armed. */
    void ready() {
        if (changed()) {
            return;
        }
        home.prove();
        // Asked before anything is stopped: just booted, it may not answer yet, and would not be believed later.
        probes = Probes.before(run, remote, facts.installed());
        home.arm();
    }

    boolean changed() {
        return home.isArmed();
    }

    /** Whether another release was begun. */
    boolean changedRelease() {
        return release != null;
    }

    /** Whether anything has to be undone. */
    boolean touched() {
        return changed() || service.wentOut();
    }

    /** Nothing is left to do, and nobody may go back: cut off now, the target says itself whether what runs is well. */
    void judgeItself() {
        var expected = expected();
        // What a rollback leaves is written down by us alone.
        if (!changed() || left != null || expected.isEmpty() || !probes.knownOnTarget()) {
            return;
        }
        var check = probes.onTarget().map(question -> question.asked(expected.get())).orElse(null);
        home.closeJudged(site.judge(expected.get(), environment.find(Key.SERVICES).orElse(List.of()), check,
                Verdict.SETTLE.plusSeconds(environment.get(Key.HEALTH_TIMEOUT))));
    }

    /** It stays, and is what the next one goes back to. */
    void confirm() {
        if (changed()) {
            home.confirm(Journal.outcome(change.id(), "done", left));
            if (release != null) {
                new Pruning(remote, environment, site).after(facts, release, left);
            }
        }
    }

    /** Afterwards it is as it was before the first change. */
    void goBack() {
        if (!changed()) {
            return;
        }
        home.take(facts.installed().map(version -> "go back to " + site.name() + " " + version)
                .orElse("leave the site as it was"));
        release = null;
        if (facts.installed().isPresent()) {
            verifyAlone();
        }
        home.over();
    }
}
