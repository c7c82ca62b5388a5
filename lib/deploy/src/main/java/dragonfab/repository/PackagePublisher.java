package dragonfab.repository;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.deb.PackageBuild;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.target.Remote;
import dragonfab.transfer.FileSender;
import dragonfab.transfer.Upload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Publishes a package to a suite of the apt repository, which is made when it is first needed.
 *
 * <p>A file that was published once is never replaced by other bytes of the same name.
 */
public final class PackagePublisher {
    private final Run run;
    private final Environment environment;
    private final AptRepository repository;
    private final Remote remote;

    public PackagePublisher(Run run) {
        this.run = run;
        this.environment = run.environment();
        this.repository = AptRepository.of(environment);
        this.remote = RepositoryMachine.made(run);
    }

    /** Brings the package there with its companions. */
    public void publish(DebPackage deb) {
        var names = deb.names();
        var checksums = deb.checksums();
        var facts = ready(repository, names);
        var title = "publish " + deb + (deb.isForAll() ? "" : " for " + deb.architecture()) + " in "
                + repository.suite();
        if (has(facts, names, checksums)) {
            remote.unchanged(title, "it is there already");
            return;
        }
        requireSameBytes(facts, names, checksums);
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (!facts.pooled().containsKey(name)) {
                FileSender.put(remote, "upload " + name,
                        new Upload(deb.files().get(i), checksums.get(i), repository.incoming(name)));
            }
        }
        remote.run(title, repository.publish(environment.get(Key.KEEP_RELEASES), deb.commit(), names, checksums));
    }

    /**
     * Takes over what another environment runs, out of its suite and with what it needs from there.
     *
     * @param named a file of the suite by name, whoever runs it; null is the package that this run is about, else what
     *              the targets of the other run
     */
    public DebPackage promote(Environment from, Path named, Supplier<ProvenRelease> proven) {
        requireSamePlace(from);
        var file = named != null ? named : run.passed(PackageBuild.CURRENT).map(DebPackage::file).orElse(null);
        var other = AptRepository.of(from);
        var name = environment.require(Key.PACKAGE_NAME, "deb-publish");
        var runs = file == null ? Optional.of(proven.get()) : Optional.<ProvenRelease>empty();
        var source = facts(other, List.of());
        var main = runs.map(each -> source.of(each.release()))
                .orElseGet(() -> source.file(DebPackage.nameOf(file)))
                .orElseThrow(() -> Failure.refused(remote.name(), runs.map(each -> each.release().files().get(0))
                        .orElseGet(() -> DebPackage.nameOf(file)) + " is not in the suite " + other.suite())
                        .remedy(Remedy.script("deb-publish", from.name())));
        if (!main.name().equals(name)) {
            throw Failure.usage(main.file(), "is the package " + main.name() + ", and package_name of "
                    + environment.name() + " is " + name);
        }
        var packages = new ArrayList<>(List.of(main));
        runs.map(each -> each.builds().stream().flatMap(build -> source.of(build).stream()))
                .orElseGet(() -> source.others(main)).filter(each -> !packages.contains(each)).forEach(packages::add);
        List.copyOf(packages).stream().flatMap(each -> each.companions().stream()).distinct()
                .forEach(companion -> source.file(companion).ifPresent(packages::add));
        var whole = source.withNeeds(packages, names -> {
            var versions = runs.map(each -> each.versions(names)).orElse(Map.of());
            return need -> runs.isEmpty() ? source.newest(need) : source.of(need, versions.get(need));
        });
        var title = "publish " + main.name() + " " + main.version() + " in " + repository.suite() + ", as in "
                + other.suite();
        var there = ready(repository, List.of());
        if (has(there, whole.stream().map(PublishedPackage::file).toList(),
                whole.stream().map(PublishedPackage::sha256).toList())) {
            remote.unchanged(title, "it is there already");
        } else {
            remote.run(title, repository.promote(environment.get(Key.KEEP_RELEASES), other.suite(), whole));
        }
        return main.in(environment.get(Key.PACKAGE_DIR));
    }

    /** What is there, in a repository that can be worked with. */
    private SuiteFacts ready(AptRepository repository, List<String> files) {
        var facts = facts(repository, files);
        if (!facts.ready().contains(repository.ready())) {
            remote.run("have the repository " + repository.path(), repository.prepare());
            return remote.dry() ? facts : facts(repository, files);
        }
        return facts;
    }

    private SuiteFacts facts(AptRepository repository, List<String> files) {
        return SuiteFacts.of(remote.read(repository.facts(files)).lines().toList());
    }

    private static boolean has(SuiteFacts facts, List<String> files, List<String> checksums) {
        for (int i = 0; i < files.size(); i++) {
            var sum = checksums.get(i);
            if (facts.file(files.get(i)).filter(each -> each.sha256().equals(sum)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Before anything is sent: hosts, mirrors and caches may have the other one for ever. */
    private void requireSameBytes(SuiteFacts facts, List<String> names, List<String> checksums) {
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (!facts.pooled().getOrDefault(name, checksums.get(i)).equals(checksums.get(i))) {
                throw Failure.refused(remote.name(), name + " was published before, with other bytes")
                        .remedy("commit it, so that deb-build makes a version of its own");
            }
        }
    }

    private void requireSamePlace(Environment from) {
        for (var key : List.of(Key.REPOSITORY_HOST, Key.REPOSITORY_LXC, Key.REPOSITORY_PATH)) {
            if (!Objects.equals(environment.get(key), from.get(key))) {
                throw Failure.usage("environments.yml", environment.name() + " and " + from.name()
                        + " have two repositories: " + key + " differs");
            }
        }
    }
}
