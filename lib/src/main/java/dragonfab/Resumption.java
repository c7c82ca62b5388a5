package dragonfab;

import dragonfab.config.Environment;
import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.ops.DebPackage;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Release;
import dragonfab.report.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A deploy that was left off, as the targets' journals have it: which release it was to bring, and who has not got it.
 *
 * <p>It is the release of the newest deploy on any target, whatever has been built here since.
 */
public final class Resumption {
    private final Run run;
    private final Environment environment;
    private final String name;
    private final Map<String, PackageFacts> facts = new ConcurrentHashMap<>();

    private Resumption(Run run) {
        this.run = run;
        this.environment = run.environment();
        this.name = environment.require(Key.PACKAGE_NAME, "--resume");
    }

    /** From now on the run is about those targets that lack it. @return nothing where no target does */
    public static Optional<DebPackage> of(Run run) {
        return new Resumption(run).begin();
    }

    private Optional<DebPackage> begin() {
        var fleet = Fleet.of(run);
        fleet.begin(run.targets(), remote -> facts.put(remote.name(), Installation.facts(remote, name)));
        var release = newest();
        var done = new ArrayList<String>();
        facts.forEach((place, known) -> {
            if (has(known, release)) {
                done.add(place);
            }
        });
        run.leaveOut(done);
        if (run.targets().isEmpty() && !fleet.isWhole()) {
            throw fleet.verdict(List.of());
        } else if (run.targets().isEmpty()) {
            run.report().note(environment.name(), "nothing is left: " + name + " " + release.version() + " is on "
                    + String.join(", ", done.stream().sorted().toList()));
            return Optional.empty();
        }
        run.report().note(environment.name(), name + " " + release.version() + " is left for "
                + String.join(", ", run.targets().stream().map(Remote::name).toList()));
        return Optional.of(kept(release));
    }

    private Release newest() {
        var newest = facts.values().stream().flatMap(known -> known.journal().releases().stream())
                .max(Comparator.comparing(Release::at))
                .orElseThrow(() -> refused("no deploy was ever begun there"));
        if (!newest.action().equals("deploy")) {
            throw refused("the last change was a rollback to " + newest.version());
        }
        return newest;
    }

    private static boolean has(PackageFacts known, Release release) {
        return known.runs(release.version()) && !known.unfinished() && !known.armed()
                && known.journal().current().filter(last -> last.version().equals(release.version())
                        && last.checksums().equals(release.checksums())).isPresent();
    }

    /** The same file to the letter: another build of that version would make another release. */
    private DebPackage kept(Release release) {
        var folder = environment.get(Key.PACKAGE_DIR);
        return DebPackage.all(folder, name).stream()
                .filter(deb -> deb.version().equals(release.version()) && deb.intact())
                .filter(deb -> List.of(deb.sha256()).equals(release.checksums().stream().limit(1).toList()))
                .findFirst().or(() -> published(release))
                .orElseThrow(() -> Failure.refused(environment.name(), name + " " + release.version()
                        + ", which was left off, is no longer in " + folder + " as it was installed")
                        .remedy("a deploy without --resume, which brings what is there now to all targets"));
    }

    private Optional<DebPackage> published(Release release) {
        return environment.get(Key.INSTALL_FROM) != InstallFrom.REPOSITORY || release.files().isEmpty()
                ? Optional.empty() : Suite.of(run).file(release.files().get(0), release.checksums().get(0));
    }

    private Failure refused(String why) {
        return Failure.refused(environment.name(), "there is nothing to resume: " + why);
    }
}
