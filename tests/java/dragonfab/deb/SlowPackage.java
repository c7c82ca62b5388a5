package dragonfab.deb;

import dragonfab.lab.Cli;
import dragonfab.lab.ShopSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project whose package takes ten minutes to build, unless a file "quick" lies in it. */
final class SlowPackage {

    private SlowPackage() {
    }

    static Path in(Path folder, String container) throws IOException {
        ShopSource.write(folder, "[ -e quick ] || sleep 600");
        Files.writeString(folder.resolve("environments.yml"),
                "environments: {lab: {package_name: shop, lxc: " + container
                        + ", build_suite: bookworm, build: container}}\n");
        var cli = Cli.in(folder);
        cli.tool("git", "init", "-q");
        cli.tool("git", "add", "-A");
        cli.tool("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m", "first");
        return folder;
    }
}
