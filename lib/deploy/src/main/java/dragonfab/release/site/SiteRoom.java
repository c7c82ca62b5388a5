package dragonfab.release.site;

import dragonfab.config.Environment;
import dragonfab.deb.BuildNeeds;
import dragonfab.deb.NetworkSettings;
import dragonfab.files.Checksum;
import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import java.util.List;
import java.util.Map;

/**
 * What a site is built with: uv, of one version, and a compiler for what has no wheel.
 *
 * @param name     of the site
 * @param packages Debian packages that its Python environment needs
 */
record SiteRoom(String name, List<String> packages) implements BuildNeeds {
    private static final String SCRIPT = "release/site/build/room";
    private static final String UV = "release/site/build/uv.txt";

    SiteRoom {
        packages = List.copyOf(packages);
    }

    @Override
    public Command dependencies(Environment environment, NetworkSettings network) {
        return ShellScript.printing(Map.of("uv", ShellScript.text(UV)), List.of("deb/build/network"), SCRIPT)
                .with(packages.toArray()).reading(network.input().then(dragonfab.shell.Input.of("\n"))).asRoot();
    }

    @Override
    public String mark(Environment environment, String suite) {
        return Checksum.of(ShellScript.text(SCRIPT) + ShellScript.text(UV) + packages + suite);
    }
}
