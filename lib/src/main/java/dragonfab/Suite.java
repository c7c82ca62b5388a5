package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.ops.Artifact;
import dragonfab.ops.DebPackage;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Published;
import dragonfab.ops.Repository;
import dragonfab.ops.Site;
import dragonfab.ops.SuiteFacts;
import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The suite of the apt repository that targets pull from, as its own machine says over SSH; nothing is changed there. */
final class Suite {
    private final Run run;
    private final Environment environment;
    private final Repository repository;
    private final Remote machine;
    private final SuiteFacts facts;

    private Suite(Run run, Environment environment) {
        this.run = run;
        this.environment = environment;
        this.repository = Repository.of(environment);
        this.machine = RepositoryMachine.asItIs(run);
        this.facts = SuiteFacts.of(machine.read(repository.facts(List.of())).lines().toList());
    }

    static Suite of(Run run) {
        return new Suite(run, run.environment());
    }

    /** That of another environment, in the same repository. */
    static Suite of(Run run, Environment other) {
        return new Suite(run, other);
    }

    /** The package of that name that was published last. */
    DebPackage newest(String name) {
        return facts.newest(name).map(this::here).orElseThrow(() -> missing(name));
    }

    /** Of a file by its name. */
    DebPackage file(Path file) {
        return facts.file(file.getFileName().toString()).map(this::here)
                .orElseThrow(() -> missing(file.getFileName().toString()));
    }

    /** The same, if it is there with those bytes. */
    Optional<DebPackage> file(String name, String sha256) {
        return facts.file(name).filter(published -> published.sha256().equals(sha256)).map(this::here);
    }

    private DebPackage here(Published published) {
        return published.in(run.environment().get(Key.PACKAGE_DIR));
    }

    /** Refuses a package that is not there, whole and with the same bytes. */
    Suite demand(DebPackage deb) {
        for (var file : deb.files()) {
            published(file);
        }
        if (!checksum(deb.file()).equals(deb.sha256())) {
            throw Failure.refused(machine.name(), deb.file().getFileName() + " was published in "
                    + repository.suite() + " with other bytes: " + deb.file() + " is not what targets would get");
        }
        return this;
    }

    String checksum(Path file) {
        return published(file).sha256();
    }

    private Published published(Path file) {
        var name = file.getFileName().toString();
        return facts.file(name).orElseThrow(() -> missing(name));
    }

    private RuntimeException missing(String what) {
        var place = machine.name();
        if (run.dry()) {
            return new Planned(what + " would be pulled from the suite " + repository.suite() + " of " + place
                    + ", where deb-publish has to put it first");
        }
        return Failure.refused(place, what + " is not in the suite " + repository.suite())
                .remedy("jbang deb-publish@dragonfab " + environment.name());
    }

    /** Has the target's apt bring what is not kept there yet. */
    void pull(DebPackage deb, Remote remote, Site site, PackageFacts kept) {
        var wanted = deb.files().stream().map(this::published)
                .filter(each -> !kept.keeps(new Artifact(each.file(), each.sha256()))).toList();
        deb.files().stream().map(this::published).filter(each -> !wanted.contains(each))
                .forEach(each -> remote.unchanged("pull " + each.file(), "it is there already"));
        if (!wanted.isEmpty()) {
            remote.run("pull " + String.join(", ", wanted.stream().map(Published::file).toList()),
                    repository.pull(site, facts.key(), wanted));
        }
    }
}
