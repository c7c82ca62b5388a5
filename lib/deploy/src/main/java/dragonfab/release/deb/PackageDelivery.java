package dragonfab.release.deb;

import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.deb.DebPackage;
import dragonfab.files.Checksum;
import dragonfab.recipe.Run;
import dragonfab.release.Place;
import dragonfab.report.Failure;
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
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one package on their way to targets: the package itself first, then its companions. */
public final class PackageDelivery {
    /** A shortcut takes some four exchanges more than a file, in which a slow line carries so many bytes. */
    private static final long WORTH = 1 << 20;

    private final DebPackage deb;
    private final Optional<RepositorySuite> suite;

    /** @param suite where targets pull them from; empty when they are sent from here */
    private PackageDelivery(DebPackage deb, Optional<RepositorySuite> suite) {
        this.deb = deb;
        this.suite = suite;
    }

    /** By the way that the environment wants; what its repository does not have is refused. */
    public static PackageDelivery of(Run run, DebPackage deb) {
        return new PackageDelivery(deb, run.environment().get(Key.INSTALL_FROM) == InstallFrom.REPOSITORY
                ? Optional.of(RepositorySuite.of(run).require(deb)) : Optional.empty());
    }

    DebPackage deb() {
        return deb;
    }

    ReleaseId id() {
        return new ReleaseId(deb.version().text(), deb.commit(), deb.files().stream().map(this::artifact).toList());
    }

    private Artifact artifact(Path file) {
        return new Artifact(name(file), checksum(file));
    }

    /** Whether the package itself lies there as it is here. */
    boolean arrived(TargetFacts facts) {
        return facts.keeps(new Artifact(name(deb.file()), deb.sha256()));
    }

    /** Brings what is not there yet, and of that only what differs from an older file there. */
    void send(Place place, Relay relay) {
        requireFits(place);
        if (suite.isPresent()) {
            suite.get().pull(deb, place.remote(), place.state(), place.facts());
            return;
        }
        for (var file : deb.files()) {
            send(file, place, relay);
        }
    }

    private void requireFits(Place place) {
        var architecture = DebFacts.of(place.facts()).architecture();
        if (!deb.architecture().equals("all") && !deb.architecture().equals(architecture)) {
            throw Failure.refused(place.remote().name(), deb + " is for " + deb.architecture()
                    + ", and this machine is " + architecture);
        }
    }

    private void send(Path file, Place place, Relay relay) {
        var remote = place.remote();
        var folder = new DebCommands(place.state()).packages();
        var artifact = artifact(file);
        var upload = new Upload(file, artifact.sha256(), folder + "/" + artifact.name());
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
                .map(older -> new RsyncDelta(upload, place.run().here(), folder + "/" + older));
        relay.bring(remote, upload, neighbour -> FileSender.put(remote, title, upload,
                Stream.of(neighbour, difference).flatMap(Optional::stream).toList()));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** The manifest's for the package itself, a fresh one for its companions; of what is pulled, the repository's. */
    private String checksum(Path file) {
        return suite.map(source -> source.checksum(file))
                .orElseGet(() -> file.equals(deb.file()) ? deb.sha256() : Checksum.of(file));
    }
}
