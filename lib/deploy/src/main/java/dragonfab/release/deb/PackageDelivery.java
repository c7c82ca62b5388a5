package dragonfab.release.deb;

import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.files.Checksum;
import dragonfab.recipe.Run;
import dragonfab.release.Change;
import dragonfab.release.Place;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import dragonfab.repository.AptRepository;
import dragonfab.repository.AptSource;
import dragonfab.repository.RepositorySuite;
import dragonfab.state.Artifact;
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetFacts;
import dragonfab.transfer.FileSender;
import dragonfab.transfer.Relay;
import dragonfab.transfer.RsyncDelta;
import dragonfab.transfer.TransferStrategy;
import dragonfab.transfer.Upload;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one package on their way to targets: the package itself first, then its companions. */
public final class PackageDelivery {
    /** A shortcut takes some four exchanges more than a file, in which a slow line carries so many bytes. */
    private static final long WORTH = 1 << 20;

    private final DebPackage deb;
    private final Optional<RepositorySuite> suite;
    /** Read once for all targets. */
    private final List<Artifact> artifacts;

    /** @param suite where targets pull them from; empty when they are sent from here */
    private PackageDelivery(DebPackage deb, Optional<RepositorySuite> suite) {
        this.deb = deb;
        this.suite = suite;
        this.artifacts = deb.files().stream().map(file -> new Artifact(DebPackage.nameOf(file), checksum(file)))
                .toList();
    }

    /**
     * Of the package, and of its builds for other architectures, by the way that the environment wants; what its
     * repository does not have is refused.
     */
    static List<PackageDelivery> of(Run run, DebPackage deb) {
        if (run.environment().get(Key.INSTALL_FROM) == InstallFrom.REPOSITORY) {
            var suite = RepositorySuite.of(run).require(deb);
            return suite.builds(deb).stream().map(each -> new PackageDelivery(each, Optional.of(suite))).toList();
        }
        return PackageChoice.builds(run, deb).stream().map(each -> new PackageDelivery(each, Optional.empty()))
                .toList();
    }

    boolean isFor(Place place) {
        return deb.isFor(DebFacts.of(place.facts()).architecture());
    }

    DebPackage deb() {
        return deb;
    }

    ReleaseId id() {
        return new ReleaseId(deb.version().text(), deb.commit(), artifacts);
    }

    /** Whether the package itself lies there as it is here. */
    boolean arrived(TargetFacts facts) {
        return facts.keeps(artifacts.get(0));
    }

    /** Brings what is not there yet, and of that only what differs from an older file there. */
    void send(Place place, Relay relay) {
        if (suite.isPresent()) {
            suite.get().pull(deb, place.remote(), place.state(), place.facts());
            return;
        }
        for (int i = 0; i < artifacts.size(); i++) {
            send(deb.files().get(i), artifacts.get(i), place, relay);
        }
    }

    /** What apt has to be told of where they come from; nothing where they are sent from here. */
    Optional<AptSource> source(Place place) {
        return suite.map(each -> each.source(place.remote(), place.state()));
    }

    /** Has the target's apt forget the repository of before, where they no longer come from one. */
    Optional<Change> forgetSource(Place place) {
        return place.facts().said().value("source").filter(word -> suite.isEmpty())
                .map(word -> Change.attached("have apt forget the repository", AptRepository.leave(place.state())));
    }

    void requireFits(Place place) {
        var architecture = DebFacts.of(place.facts()).architecture();
        if (!deb.isFor(architecture)) {
            throw Failure.refused(place.remote().name(), deb + " is for " + deb.architecture()
                    + ", and this machine is " + architecture);
        }
        deb.built().misfit(place.environment(), DebFacts.of(place.facts()).suite()).ifPresent(why -> {
            throw Failure.refused(place.remote().name(), deb + " " + why)
                    .remedy(Remedy.script("deb-build", place.environment().name()));
        });
    }

    private void send(Path file, Artifact artifact, Place place, Relay relay) {
        var remote = place.remote();
        var commands = new DebCommands(place.state());
        var upload = new Upload(file, artifact.sha256(), commands.path(artifact, place.facts()));
        var title = "upload " + artifact.name();
        if (place.facts().keeps(artifact)) {
            remote.unchanged(title, "it is there already");
            relay.has(remote, upload);
            return;
        }
        if (file.toFile().length() < WORTH) {
            FileSender.put(remote, title, upload);
            return;
        }
        Optional<TransferStrategy> difference = DebFacts.of(place.facts()).older(artifact.name())
                .map(older -> new RsyncDelta(upload, place.run().here(), commands.packages() + "/" + older));
        relay.bring(remote, upload, neighbour -> FileSender.put(remote, title, upload,
                Stream.of(neighbour, difference).flatMap(Optional::stream).toList()));
    }

    /** The manifest's for the package itself, a fresh one for its companions; of what is pulled, the repository's. */
    private String checksum(Path file) {
        return suite.map(source -> source.checksum(file))
                .orElseGet(() -> file.equals(deb.file()) ? deb.sha256() : Checksum.of(file));
    }
}
