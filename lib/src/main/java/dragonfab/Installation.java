package dragonfab;

import dragonfab.config.Conffiles;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.ops.Debconf;
import dragonfab.ops.DebPackage;
import dragonfab.ops.DebVersion;
import dragonfab.ops.Journal;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Release;
import dragonfab.ops.Site;
import dragonfab.report.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One package on one target: brought there, installed, proven to run, and written down.
 *
 * <p>Each way (deploy, rollback) writes its intent before the first change and its outcome after the last.
 */
public final class Installation {
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final Remote remote;
    private final Environment environment;
    private final Site site;
    private final PackageFacts facts;

    private Installation(Remote remote, Environment environment, Site site) {
        this.remote = remote;
        this.environment = environment;
        this.site = site;
        this.facts = PackageFacts.of(remote.read(site.facts()).lines().toList());
    }

    /** Asks the target what is there. */
    public static Installation on(Remote remote, Environment environment, String packageName) {
        return new Installation(remote, environment, new Site(packageName));
    }

    public PackageFacts facts() {
        return facts;
    }

    public String place() {
        return remote.name();
    }

    /** Installs the package with these answers; nothing changes when both are there already. */
    public void deploy(DebPackage deb, List<Debconf.Answer> answers) {
        demandArchitecture(deb);
        bring(deb);
        var mark = answers.isEmpty() ? "" : Debconf.mark(answers);
        boolean same = facts.runs(deb.version()) && facts.keeps(name(deb), deb.sha256()) && !facts.unfinished()
                && facts.journal().current().filter(r -> r.version().equals(deb.version())).isPresent();
        if (same && (mark.isEmpty() || mark.equals(facts.answers()))) {
            remote.unchanged("install " + deb, "it runs already");
            verify();
            return;
        }
        var release = begin("deploy", deb.version(), deb.commit(), names(deb), checksums(deb));
        finishing(release, null, () -> {
            if (!answers.isEmpty()) {
                remote.run("answer " + answers.size() + " debconf questions", site.answer(answers));
            }
            if (same) {
                remote.run("reconfigure " + deb.name(), site.reconfigure());
            } else {
                remote.run("install " + deb, install(deb.version(), names(deb)));
            }
            if (!answers.isEmpty()) {
                remote.run("take the passwords out of debconf", site.forgetPasswords(answers));
            }
            verify();
        });
        prune(release);
    }

    /** The release that a rollback would install; a failure says why there is none. */
    public Release wayBack(String version) {
        var journal = facts.journal();
        var found = version == null ? journal.previous() : journal.of(version);
        var release = found.orElseThrow(() -> Failure.refused(remote.name(), version == null
                ? "there is no earlier release to go back to" : "there has been no good release " + version)
                .remedy("jbang releases@dragonfab " + environment.name()));
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
        return release;
    }

    public void rollback(Release target) {
        if (facts.runs(target.version()) && !facts.unfinished()) {
            remote.unchanged("go back to " + site.name() + " " + target.version(), "it runs already");
            verify();
            return;
        }
        // Forward again is no verdict on the release before.
        var left = facts.installed().filter(now -> now.compareTo(target.version()) > 0).map(DebVersion::text)
                .orElse(null);
        var release = begin("rollback", target.version(), target.commit(), target.files(), target.checksums());
        finishing(release, left, () -> {
            remote.run("go back to " + site.name() + " " + target.version(), install(target.version(), target.files()));
            verify();
        });
    }

    private dragonfab.shell.Command install(DebVersion version, List<String> files) {
        return site.install(version, environment.get(Key.CONFFILES) == Conffiles.NEW,
                environment.get(Key.INSTALL_RECOMMENDS), files);
    }

    private void demandArchitecture(DebPackage deb) {
        if (!deb.architecture().equals("all") && !deb.architecture().equals(facts.architecture())) {
            throw Failure.refused(remote.name(), deb + " is for " + deb.architecture() + ", and this machine is "
                    + facts.architecture());
        }
    }

    private void bring(DebPackage deb) {
        boolean first = true;
        for (var file : deb.files()) {
            var name = file.getFileName().toString();
            if (facts.keeps(name, Checksums.of(deb, file))) {
                remote.unchanged("upload " + name, "it is there already");
                continue;
            }
            if (first && facts.kept().isEmpty()) {
                remote.run("make " + site.packages(), site.makeFolders());
            }
            first = false;
            remote.put("upload " + name, file, Checksums.of(deb, file), site.packages() + "/" + name);
        }
    }

    /** dpkg's word, and the units': apt says 0 also where it did nothing, and so do maintainer scripts. */
    private void verify() {
        var units = environment.find(Key.SERVICES).orElse(List.of());
        try {
            remote.await("see that the services of " + site.name() + " run", SETTLE, () -> {
                var failing = remote.ask(site.failing(units)).text();
                return failing.isEmpty() ? Optional.empty() : Optional.of(failing.replace("\n", "; "));
            });
        } catch (Failure failure) {
            var failing = remote.ask(site.failing(units)).lines().stream().map(line -> line.split(" ")[0]).toList();
            throw failure.of(null, remote.ask(site.lastWords(failing)).lines());
        }
    }

    private Release begin(String action, DebVersion version, String commit, List<String> files, List<String> sums) {
        var release = new Release(UUID.randomUUID().toString(), Instant.now(), action, version, commit, files, sums,
                Who.am(), "unfinished");
        remote.record(site.append(Journal.intent(release)));
        return release;
    }

    private void finishing(Release release, String left, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            try {
                remote.record(site.append(Journal.outcome(release, "failed", null)));
            } catch (RuntimeException alsoLost) {
                // The intent without an outcome says the same, and the first failure is the one to read.
                e.addSuppressed(alsoLost);
            }
            throw e;
        }
        remote.record(site.append(Journal.outcome(release, "done", left)));
    }

    /** A failure here must not spoil a good deploy. */
    private void prune(Release release) {
        if (remote.dry()) {
            return;
        }
        try {
            var now = PackageFacts.of(remote.read(site.facts()).lines().toList()).journal();
            var keep = now.filesOfNewest(environment.get(Key.KEEP_RELEASES));
            if (!facts.kept().keySet().stream().allMatch(keep::contains)) {
                remote.run("remove packages of old releases", site.prune(keep), said -> !said.isBlank());
            }
        } catch (Failure failure) {
            remote.warn("old packages are still there: " + failure.getMessage());
        }
    }

    private static String name(DebPackage deb) {
        return deb.file().getFileName().toString();
    }

    private static List<String> names(DebPackage deb) {
        return deb.files().stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<String> checksums(DebPackage deb) {
        return deb.files().stream().map(file -> Checksums.of(deb, file)).toList();
    }

    /** The manifest's checksum for the package itself, a fresh one for its companions. */
    private static final class Checksums {
        static String of(DebPackage deb, java.nio.file.Path file) {
            return file.equals(deb.file()) ? deb.sha256() : dragonfab.ops.Checksum.of(file);
        }
    }
}
