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
import dragonfab.ops.WayBack;
import dragonfab.report.Exit;
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
    private final Ways ways;
    /** Null where the package alone goes back. */
    private final ContainerChange container;
    private Probes probes;
    private Release release;
    private String left;
    private WayBack proven;
    /** Null until it is armed. */
    private Retreat back;
    private Runnable prepared;

    Installation(SiteChange change, ContainerChange container, Run run, boolean noWayBack) {
        this.change = change;
        this.container = container;
        this.remote = change.remote();
        this.run = run;
        this.environment = run.environment();
        this.site = change.site();
        this.facts = change.facts();
        this.ways = new Ways(remote, environment, site, facts, noWayBack);
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

    /** Whether what runs is older, so that a rollback to that release leads forward. */
    boolean isBefore(Release release) {
        return facts.installed().filter(now -> now.compareTo(release.version()) >= 0).isEmpty();
    }

    /** Brings the package there, and proves the way back unless it runs already, with these answers. */
    public void prepare(DebPackage deb, List<Debconf.Answer> answers) {
        demandArchitecture(deb);
        var shipment = new Shipment(deb);
        shipment.send(remote, site, facts);
        var mark = answers.isEmpty() ? "" : Debconf.mark(answers);
        boolean same = facts.runs(deb.version()) && shipment.arrived(facts) && !facts.unfinished()
                && facts.journal().current().filter(r -> r.version().equals(deb.version())).isPresent();
        if (same && (mark.isEmpty() || mark.equals(facts.answers()))) {
            remote.unchanged("install " + deb, "it runs already");
            return;
        }
        prove();
        prepared = () -> install(deb, answers, shipment, same);
    }

    /** Installs what was prepared, as far as there is anything to do. */
    public void install() {
        if (prepared != null) {
            prepared.run();
        }
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
            prove();
        }
        return release;
    }

    private boolean runs(Release release) {
        return facts.runs(release.version()) && !facts.unfinished();
    }

    public void rollback(Release target) {
        if (runs(target)) {
            remote.unchanged("go back to " + site.name() + " " + target.version(), "it runs already");
            return;
        }
        // Forward again is no verdict on the release before.
        left = isBefore(target) ? null : facts.installed().map(DebVersion::text).orElse(null);
        begin("rollback", target.version(), target.commit(), target.files(), target.checksums());
        change.step("go back to " + site.name() + " " + target.version(), ways.install(target.version(), target.files()));
    }

    private void demandArchitecture(DebPackage deb) {
        if (!deb.architecture().equals("all") && !deb.architecture().equals(facts.architecture())) {
            throw Failure.refused(remote.name(), deb + " is for " + deb.architecture() + ", and this machine is "
                    + facts.architecture());
        }
    }

    /** The site is well, asked anew where something was changed. */
    void verify() {
        if (remote.dry()) {
            return;
        }
        var verdict = new Verdict(run, site);
        if (changed()) {
            verdict.demand(remote, release == null ? facts.installed() : Optional.of(release.version()), probes);
        } else if (change.isStillWell()) {
            verdict.stillWell(remote);
        } else {
            verdict.services(remote);
        }
    }

    private void begin(String action, DebVersion version, String commit, List<String> files, List<String> sums) {
        ready();
        release = new Release(change.id(), Instant.now(), action, version, commit, files, sums, Who.am(), "unfinished");
        var intent = Journal.intent(release, facts);
        back.begun(intent);
        remote.record(site.append(intent));
    }

    /** The way back is known to be open; nothing has happened yet. */
    void prove() {
        if (proven == null && container == null) {
            proven = ways.back();
        }
    }

    /** Before the first change: the way back is proven and armed. */
    void ready() {
        if (back != null) {
            return;
        }
        prove();
        // Asked before anything is stopped: just booted, it may not answer yet, and would not be believed later.
        probes = Probes.before(run, remote, facts.installed());
        if (container == null) {
            readyForPackage();
        } else {
            readyForContainer();
        }
    }

    private void readyForPackage() {
        back = change;
        change.arm(proven);
    }

    private void readyForContainer() {
        try {
            container.take(change, facts.installed().isEmpty());
            back = container;
        } catch (Failure failure) {
            if (failure.exit() != Exit.FAILED) {
                throw failure;
            }
            ways.goOnWithout(failure);
            proven = ways.none();
            readyForPackage();
        }
    }

    boolean changed() {
        return back != null;
    }

    /** The schema is no longer that of the release before, and the site stays as it is for visitors. */
    void armClosed() {
        if (changed()) {
            back.armClosed();
        }
    }

    void armAgain() {
        if (changed()) {
            back.armAgain();
        }
    }

    /** It stays, and is what the next one goes back to. */
    void confirm() {
        if (changed()) {
            back.confirm(Journal.outcome(change.id(), "done", left));
            if (release != null) {
                prune();
            }
        }
    }

    void goBack() {
        back.goBack(facts.installed().map(version -> "go back to " + site.name() + " " + version)
                .orElse("leave the site as it was"));
        release = null;
        if (facts.installed().isPresent()) {
            verify();
        }
    }

    /** Nothing is taken back; the journal says so. */
    void giveUp() {
        back.giveUp();
    }

    /** A failure here must not spoil a good deploy. */
    private void prune() {
        if (remote.dry()) {
            return;
        }
        try {
            var now = facts(remote, site.name()).journal();
            var keep = now.filesOfNewest(environment.get(Key.KEEP_RELEASES));
            if (!facts.kept().keySet().stream().allMatch(keep::contains)) {
                remote.run("remove packages of old releases", site.prune(keep), said -> !said.isBlank());
            }
        } catch (Failure failure) {
            remote.warn("old packages are still there: " + failure.getMessage());
        }
    }
}
