package dragonfab.faults;

import dragonfab.lab.Cli;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The shop as a Debian package, which brings its units and its site. */
final class DebShop implements Shop {
    private static final Map<String, String> FILES = Map.of(
            "lib/systemd/system/shop.service", ShopProgram.service("/usr/lib/shop"),
            "lib/systemd/system/shop.socket", ShopProgram.SOCKET,
            "etc/nginx/sites-enabled/shop", ShopProgram.SITE);
    private static final String PREINST = """
            #!/bin/sh
            set -e
            if [ -e /var/lib/shop/only-up ] && [ "$1" = upgrade ] && dpkg --compare-versions "$2" gt %s; then
                echo "the release before is not installed over a later one" >&2
                exit 1
            fi
            """;
    private static final String POSTINST = """
            #!/bin/sh
            set -e
            [ "$1" = configure ] || exit 0
            mkdir -p /var/lib/shop
            rm -f /var/lib/shop/only-up
            rm -f /etc/nginx/sites-enabled/default
            systemctl daemon-reload
            systemctl enable --quiet shop.socket shop.service
            systemctl reset-failed shop.socket shop.service || true
            systemctl start shop.socket
            systemctl restart shop.service
            [ -n "$2" ] && systemctl is-active --quiet nginx || systemctl restart nginx
            """;

    @Override
    public String name() {
        return "deb";
    }

    @Override
    public void build(Path folder, String title, Kind kind, int schema) throws IOException {
        var version = title.replaceAll(" .*", "");
        var root = Files.createTempDirectory(folder, "root-");
        root.toFile().setReadable(true, false);
        root.toFile().setExecutable(true, false);
        for (var file : FILES.entrySet()) {
            ShopProgram.write(root.resolve(file.getKey()), file.getValue());
        }
        ShopProgram.write(root.resolve("usr/lib/shop"), title, kind, schema);
        ShopProgram.write(root.resolve("usr/lib/shop/title"), title + "\n");
        ShopProgram.write(root.resolve("DEBIAN/control"), """
                Package: shop
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Depends: python3, nginx-light | nginx
                Description: a shop
                """.formatted(version));
        ShopProgram.executable(root.resolve("DEBIAN/preinst"), PREINST.formatted(version));
        ShopProgram.executable(root.resolve("DEBIAN/postinst"), POSTINST + more(kind));
        var deb = folder.resolve("dist").resolve("shop_" + version + "_all.deb");
        Files.createDirectories(deb.getParent());
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-Zgzip", "-b", root.toString(), deb.toString());
    }

    private static String more(Kind kind) {
        return switch (kind) {
            case BAD_POSTINST -> "exit 1\n";
            case REFUSES_DOWNGRADE -> "touch /var/lib/shop/only-up\nexit 1\n";
            case LEAVES_PROCESS -> "sleep 600 &\n";
            case NEVER_DONE -> ". /usr/share/debconf/confmodule\nsleep 600 &\n";
            default -> "";
        };
    }

    @Override
    public String keys() {
        return """
                package_name: shop
                remote_path: /usr/lib/shop
                """;
    }

    @Override
    public String more(String environment) {
        return environment.equals("open") ? ", deploy: [deb-deploy, test]"
                : ", deploy: [web-mode maintenance, deb-deploy, db-migrate, test, web-mode live]";
    }

    @Override
    public List<String> deploy(String environment) {
        return List.of("deploy", environment);
    }

    @Override
    public Command running() {
        return Command.script("""
                said=$(dpkg-query -W -f '${db:Status-Abbrev}|${Version}' shop | sed 's/^[hi]i |//')
                title=$(cat /usr/lib/shop/title)
                [ "${title%% *}" = "$said" ] && echo "$title" || echo "$said"
                """);
    }

    @Override
    public String left() {
        return """
                ls step/input 2>/dev/null
                ls -A packages | grep -v '^shop_[0-9.]*_all[.][0-9a-f]*[.]deb$'
                dpkg --audit
                """;
    }
}
