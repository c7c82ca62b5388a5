package dragonfab;

import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.ops.Checksum;
import dragonfab.ops.DebPackage;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Site;
import dragonfab.ops.Upload;
import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one package on their way to a target: the package itself first, then its companions.
 *
 * @param suite where the target pulls them from; null when they are sent from here
 */
public record Shipment(DebPackage deb, Suite suite) {

    /** By the way that the environment wants; what its repository does not have is refused. */
    public static Shipment of(Run run, DebPackage deb) {
        return new Shipment(deb, run.environment().get(Key.INSTALL_FROM) == InstallFrom.REPOSITORY
                ? Suite.of(run).demand(deb) : null);
    }

    /** A shortcut takes some four exchanges more than a file, in which a slow line carries so many bytes. */
    private static final long WORTH = 1 << 20;

    List<String> names() {
        return deb.files().stream().map(Shipment::name).toList();
    }

    List<String> checksums() {
        return deb.files().stream().map(this::checksum).toList();
    }

    /** Whether the package itself lies there as it is here. */
    boolean arrived(PackageFacts facts) {
        return facts.keeps(name(deb.file()), deb.sha256());
    }

    void demandFits(Remote remote, PackageFacts facts) {
        if (!deb.architecture().equals("all") && !deb.architecture().equals(facts.architecture())) {
            throw Failure.refused(remote.name(), deb + " is for " + deb.architecture() + ", and this machine is "
                    + facts.architecture());
        }
    }

    /** Brings what is not there yet, and of that only what differs from an older file there. */
    void send(Remote here, Remote remote, Site site, PackageFacts facts, Relay relay) {
        if (suite != null) {
            suite.pull(deb, remote, site, facts);
            return;
        }
        for (var file : deb.files()) {
            var upload = new Upload(file, checksum(file), site.packages() + "/" + name(file));
            if (facts.keeps(name(file), upload.sha256())) {
                remote.unchanged("upload " + name(file), "it is there already");
                relay.has(remote, upload);
                continue;
            }
            if (file.toFile().length() < WORTH) {
                remote.put("upload " + name(file), upload, List.of());
                continue;
            }
            Optional<Shortcut> difference = facts.older(name(file))
                    .map(older -> new Difference(upload, here, site.packages() + "/" + older));
            relay.bring(remote, upload, neighbour -> remote.put("upload " + name(file), upload,
                    Stream.of(neighbour, difference).flatMap(Optional::stream).toList()));
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** The manifest's for the package itself, a fresh one for its companions; of what is pulled, the repository's. */
    private String checksum(Path file) {
        return suite != null ? suite.checksum(file) : file.equals(deb.file()) ? deb.sha256() : Checksum.of(file);
    }
}
