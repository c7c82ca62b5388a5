package dragonfab;

import dragonfab.config.Conffiles;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.WebServer;
import dragonfab.ops.DebVersion;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Release;
import dragonfab.ops.Site;
import dragonfab.ops.WayBack;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways of one target to its releases; one is open when what was installed is kept, and apt could install it. */
record Ways(Remote remote, Environment environment, Site site, PackageFacts facts, boolean noWayBack) {
    /** No step of ours takes longer than its limit; who is silent for that long, and this, is taken for gone. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    Command install(DebVersion version, List<String> files) {
        return site.install(version, environment.get(Key.CONFFILES) == Conffiles.NEW,
                environment.get(Key.INSTALL_RECOMMENDS), files);
    }

    /** Refuses a release that could not be installed again. */
    void demand(Release release) {
        for (int i = 0; i < release.files().size(); i++) {
            if (!facts.keeps(release.files().get(i), release.checksums().get(i))) {
                throw Failure.refused(remote.name(), release.files().get(i)
                        + " is gone or no longer what was installed: there is no way back to " + release.version());
            }
        }
        var rehearsal = remote.ask(site.rehearse(release.files()));
        if (!rehearsal.ok()) {
            throw Failure.refused(remote.name(), "apt could not install " + release.version() + " again")
                    .of(site.rehearse(release.files()).brief(), (rehearsal.out() + rehearsal.err()).lines().toList());
        }
    }

    /** To what there is now; nothing but the site's being open or closed before the first release. */
    WayBack back() {
        return to(running());
    }

    /** To no release at all. */
    WayBack none() {
        return to(Optional.empty());
    }

    private WayBack to(Optional<Release> before) {
        var commands = new ArrayList<Command>();
        before.ifPresent(release -> {
            if (environment.has(Key.DEBCONF)) {
                commands.add(site.returnAnswers(facts.answers()));
            }
            commands.add(site.repair(release.files().get(0)));
            commands.add(install(release.version(), release.files()));
        });
        if (environment.get(Key.WEB_SERVER) != WebServer.NONE) {
            commands.add(site.restoreMaintenance(environment.get(Key.WEB_SERVER).name().toLowerCase(Locale.ROOT)));
        }
        return new WayBack(commands, before.isPresent() ? "rolled back" : "failed", remote.limit().plus(GRACE));
    }

    private Optional<Release> running() {
        if (facts.installed().isEmpty()) {
            return Optional.empty();
        }
        var version = facts.installed().get();
        try {
            var running = facts.journal().newest(version).orElseThrow(() -> Failure.refused(remote.name(), site.name()
                    + " " + version + " was not installed by us: there is no way back to it"));
            demand(running);
            return Optional.of(running);
        } catch (Failure failure) {
            goOnWithout(failure);
            return Optional.empty();
        }
    }

    /** Refuses, unless somebody wants to go on though there is none. */
    void goOnWithout(Failure noWay) {
        if (!noWayBack) {
            throw noWay.remedy("the same command with --no-way-back");
        }
        remote.warn("there will be no way back: " + noWay.getMessage());
    }
}
