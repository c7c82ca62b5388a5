package dragonfab;

import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.ops.Artifact;
import dragonfab.ops.Checksum;
import dragonfab.ops.DebCommands;
import dragonfab.ops.DebFacts;
import dragonfab.ops.DebPackage;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.ReleaseId;
import dragonfab.ops.Upload;
import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one package on their way to targets: the package itself first, then its companions. */
public final class Shipment {
    /** A shortcut takes some four exchanges more than a file, in which a slow line carries so many bytes. */
    private static final long WORTH = 1 << 20;

    private final DebPackage deb;
    private final Optional<Suite> suite;

    /** @param suite where targets pull them from; empty when they are sent from here */
    private Shipment(DebPackage deb, Optional<Suite> suite) {
        this.deb = deb;
        this.suite = suite;
    }

    /** By the way that the environment wants; what its repository does not have is refused. */
    public static Shipment of(Run run, DebPackage deb) {
        return new Shipment(deb, run.environment().get(Key.INSTALL_FROM) == InstallFrom.REPOSITORY
                ? Optional.of(Suite.of(run).demand(deb)) : Optional.empty());
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
    boolean arrived(PackageFacts facts) {
        return facts.keeps(new Artifact(name(deb.file()), deb.sha256()));
    }

    /** Brings what is not there yet, and of that only what differs from an older file there. */
    void send(Place place, Relay relay) {
        demandFits(place);
        if (suite.isPresent()) {
            suite.get().pull(deb, place.remote(), place.site(), place.facts());
            return;
        }
        for (var file : deb.files()) {
            send(file, place, relay);
        }
    }

    private void demandFits(Place place) {
        var architecture = DebFacts.of(place.facts()).architecture();
        if (!deb.architecture().equals("all") && !deb.architecture().equals(architecture)) {
            throw Failure.refused(place.remote().name(), deb + " is for " + deb.architecture() + ", and this machine is "
                    + architecture);
        }
    }

    private void send(Path file, Place place, Relay relay) {
        var remote = place.remote();
        var folder = new DebCommands(place.site()).packages();
        var artifact = artifact(file);
        var upload = new Upload(file, artifact.sha256(), folder + "/" + artifact.name());
        var title = "upload " + artifact.name();
        if (place.facts().keeps(artifact)) {
            remote.unchanged(title, "it is there already");
            relay.has(remote, upload);
            return;
        }
        if (file.toFile().length() < WORTH) {
            Delivery.put(remote, title, upload);
            return;
        }
        Optional<Shortcut> difference = DebFacts.of(place.facts()).older(artifact.name())
                .map(older -> new Difference(upload, place.run().here(), folder + "/" + older));
        relay.bring(remote, upload, neighbour -> Delivery.put(remote, title, upload,
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
