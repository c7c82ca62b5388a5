package dragonfab.deb;

import dragonfab.lab.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project whose package takes ten minutes to build, unless a file "quick" lies in it. */
final class SlowPackage {

    private SlowPackage() {
    }

    static Path in(Path folder, String container) throws IOException {
        Files.createDirectories(folder.resolve("debian"));
        write(folder, "debian/changelog", "shop (1.0) bookworm; urgency=medium\n\n  * First.\n\n"
                + " -- Ann <ann@example.org>  Mon, 01 Jan 2024 00:00:00 +0000\n");
        write(folder, "debian/control", """
                Source: shop
                Section: web
                Priority: optional
                Maintainer: Ann <ann@example.org>

                Package: shop
                Architecture: all
                Description: a shop
                """);
        write(folder, "debian/rules", """
                #!/usr/bin/make -f
                clean build binary-arch:
                binary binary-indep:
                \t[ -e quick ] || sleep 600
                \tmkdir -p debian/shop/DEBIAN
                \tdpkg-gencontrol -pshop -Pdebian/shop
                \tdpkg-deb --root-owner-group -b debian/shop ..
                """);
        write(folder, "environments.yml", "environments: {lab: {package_name: shop, lxc: " + container
                + ", build_suite: bookworm, build: container}}\n");
        var cli = Cli.in(folder);
        cli.tool("git", "init", "-q");
        cli.tool("git", "add", "-A");
        cli.tool("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m", "first");
        return folder;
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
