package dragonfab;

import dragonfab.ops.Checksum;
import dragonfab.ops.DebPackage;
import dragonfab.ops.PackageFacts;
import dragonfab.ops.Site;
import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.List;

/** The files of one package on their way to a target: the package itself first, then its companions. */
record Shipment(DebPackage deb) {

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

    /** Sends what is not there yet. */
    void send(Remote remote, Site site, PackageFacts facts) {
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

    /** The manifest's for the package itself, a fresh one for its companions. */
    private String checksum(Path file) {
        return file.equals(deb.file()) ? deb.sha256() : Checksum.of(file);
    }
}
