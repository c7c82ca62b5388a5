package dragonfab.release.files;

import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import dragonfab.state.Artifact;
import dragonfab.state.ReleaseId;
import dragonfab.state.TargetState;
import java.util.List;

/** What a target runs where its releases are two directories and a link. */
record FilesCommands(TargetState site) {
    private static final String SCRIPTS = "release/files/";

    String root() {
        return "/srv/" + site.name();
    }

    private Command script(String name, Object... more) {
        return ShellScript.of(SCRIPTS + name, site.name()).with(more);
    }

    Command facts() {
        return site.facts(SCRIPTS + "facts.pl");
    }

    Command running() {
        return script("running").asking();
    }

    Command failing(List<String> units) {
        return script("services", units.toArray()).asRoot().asking();
    }

    Command logs(int lines, boolean follow, List<String> units) {
        return script("logs", lines, follow ? "follow" : "all").with(units.toArray()).asRoot().asking();
    }

    Command drift() {
        return script("drift").asRoot().asking();
    }

    /** Where a tar file comes to, until it is unpacked. */
    String incoming(TarRelease release) {
        return root() + "/incoming/" + release;
    }

    Command unpack(TarRelease release, String folder) {
        var artifact = artifact(release.id());
        return script("unpack", folder, incoming(release), artifact.sha256(), artifact.name(), release.version())
                .asRoot();
    }

    /** Makes the release with that checksum run, which is whole in one of the two. */
    Command activate(String sha256, List<String> units) {
        return script("switch", sha256).with(units.toArray()).asRoot();
    }

    Command repair() {
        return script("repair").asRoot();
    }

    Command prune(List<String> keep) {
        return script("prune", keep.toArray()).asRoot();
    }

    /** A release of this kind has one. */
    static Artifact artifact(ReleaseId id) {
        return id.artifacts().get(0);
    }
}
