package dragonfab;

import dragonfab.config.InstallFrom;
import dragonfab.config.Key;
import dragonfab.ops.Checksum;
import dragonfab.ops.DebPackage;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Site;
import java.nio.file.Path;
import java.util.List;

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

    /** Brings what is not there yet. */
    void send(Remote remote, Site site, PackageFacts facts) {
        if (suite != null) {
            suite.pull(deb, remote, site, facts);
            return;
        }
        boolean first = true;
        for (var file : deb.files()) {
            if (facts.keeps(name(file), checksum(file))) {
                remote.unchanged("upload " + name(file), "it is there already");
                continue;
            }
            if (first && facts.kept().isEmpty()) {
                remote.run("make " + site.packages(), site.makeFolders());
            }
            first = false;
            remote.put("upload " + name(file), file, checksum(file), site.packages() + "/" + name(file));
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
