package dragonfab.faults;

import dragonfab.lab.Cli;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shop in two directories and a link; its units and its site are there before the first release. */
final class FilesShop implements Shop {

    @Override
    public String name() {
        return "files";
    }

    @Override
    public void build(Path folder, String title, Kind kind, int schema) throws IOException {
        var root = folder.resolve("root-" + title);
        ShopProgram.write(root, title, kind, schema);
        Files.createDirectories(folder.resolve("dist"));
        Cli.in(folder).tool("tar", "--owner=0", "--group=0", "-cf", "dist/shop_" + title + ".tar",
                "-C", root.toString(), ".");
    }

    @Override
    public String keys() {
        return """
                kind: files
                app_name: shop
                remote_path: /srv/shop/current
                services: [shop.socket, shop.service]
                """;
    }

    @Override
    public Command prepare() {
        return Command.script("""
                set -eu
                mkdir -p /var/lib/shop
                rm -f /etc/nginx/sites-enabled/default
                printf '%s' "$1" > /etc/systemd/system/shop.service
                printf '%s' "$2" > /etc/systemd/system/shop.socket
                printf '%s' "$3" > /etc/nginx/sites-enabled/shop
                systemctl daemon-reload
                systemctl enable --quiet shop.socket shop.service
                systemctl start shop.socket
                systemctl restart nginx
                """, ShopProgram.service("/srv/shop/current"), ShopProgram.SOCKET, ShopProgram.SITE).asRoot();
    }

    @Override
    public List<String> deploy(String environment) {
        return environment.startsWith("closed") ? List.of("files-deploy", environment, "--closed")
                : List.of("files-deploy", environment);
    }

    @Override
    public Command running() {
        return Command.script("sed -n 's/.* //p' /srv/shop/current/.release");
    }

    @Override
    public String left() {
        return "[ -e /srv/shop/current/.release ] || echo 'the link is at nothing whole'\n";
    }

    /**
     * Only whoever deploys writes into the directory that nothing runs from, so nobody else has to take it away; nor what
     * was on its way there before a rollback was armed.
     */
    @Override
    public String half() {
        return """
                cd /srv/shop
                for folder in a b; do
                    [ ! -d "$folder" ] || [ -e "$folder/.release" ] || echo "$folder is half"
                done
                ls -d incoming current.new /var/lib/dragonfab/shop/step/input 2>/dev/null
                """;
    }
}
