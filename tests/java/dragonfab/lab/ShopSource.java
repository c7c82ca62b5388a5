package dragonfab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The debian/ of a package "shop" 1.0 that nothing but dpkg and make is needed to build. */
public final class ShopSource {

    private ShopSource() {
    }

    /** @param lines of the shell, which fill debian/shop */
    public static void write(Path project, String... lines) throws IOException {
        var debian = Files.createDirectories(project.resolve("debian"));
        Files.writeString(debian.resolve("changelog"), "shop (1.0) bookworm; urgency=medium\n\n  * First.\n\n"
                + " -- Ann <ann@example.org>  Mon, 01 Jan 2024 00:00:00 +0000\n");
        Files.writeString(debian.resolve("control"), """
                Source: shop
                Section: web
                Priority: optional
                Maintainer: Ann <ann@example.org>

                Package: shop
                Architecture: all
                Description: a shop
                """);
        var rules = Files.writeString(debian.resolve("rules"), """
                #!/usr/bin/make -f
                clean build binary-arch:
                binary binary-indep:
                %s\tmkdir -p debian/shop/DEBIAN
                \tdpkg-gencontrol -pshop -Pdebian/shop
                \tdpkg-deb --root-owner-group -b debian/shop ..
                """.formatted("\t" + String.join("\n\t", lines) + "\n"));
        rules.toFile().setExecutable(true);
    }
}
