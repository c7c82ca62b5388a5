package dragonfab.faults;

import dragonfab.lab.Cli;
import dragonfab.lab.Herd;
import dragonfab.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;

/** Four hosts with one small application, whose releases are good or bad on demand. */
final class FleetShop implements AutoCloseable {
    /** What a release is like. */
    enum Kind {
        GOOD, ERROR_500, NO_ANSWER, BAD_POSTINST,
        /** It is healthy on the canary alone. */
        BAD_LATER;

        boolean good() {
            return this == GOOD;
        }

        /** Whether the canary must condemn it. */
        boolean badAtOnce() {
            return this == ERROR_500 || this == NO_ANSWER || this == BAD_POSTINST;
        }
    }

    private static final int NOISE = 100_000;
    /** A process for each request: nothing of the release before is left when another is there. */
    private static final String SOCKET = """
            [Socket]
            ListenStream=80
            Accept=yes
            TriggerLimitBurst=0
            [Install]
            WantedBy=sockets.target
            """;
    private static final String SERVICE = """
            [Unit]
            CollectMode=inactive-or-failed
            [Service]
            ExecStart=-/usr/lib/four/answer
            StandardInput=socket
            StandardOutput=socket
            """;
    private static final String ANSWER = """
            #!/bin/sh
            kind=%s release=%s
            while read -r line && [ "$line" != "$(printf '\\r')" ]; do :; done
            status='200 OK'
            case $kind in
            ERROR_500) status='500 Error' ;;
            NO_ANSWER) exit 1 ;;
            BAD_LATER) [ "$(cat /etc/hostname)" = %s ] || status='500 Error' ;;
            esac
            text="release $release"
            printf 'HTTP/1.1 %%s\\r\\nConnection: close\\r\\nContent-Length: %%s\\r\\n\\r\\n%%s\\n' \\
                "$status" "$((${#text} + 1))" "$text"
            """;
    private static final String POSTINST = """
            #!/bin/sh
            set -e
            [ "$1" = configure ] || exit 0
            systemctl daemon-reload
            systemctl enable --quiet four.socket
            systemctl restart four.socket
            """;

    private final Herd herd;
    private final List<FleetHost> hosts;
    private int number;

    private FleetShop(Herd herd) {
        this.herd = herd;
        this.hosts = herd.names().stream()
                .map(name -> new FleetHost(Lab.PREFIX + name, herd.address(name), herd.inside(name))).toList();
    }

    /** With its first release. */
    static FleetShop start() throws Exception {
        var shop = new FleetShop(Herd.of("four", 4));
        try {
            Files.writeString(shop.herd.folder().resolve("environments.yml"), """
                    environments:
                      __all__:
                        hosts: [%s]
                        ssh_config: ssh_config
                        connect_timeout: 10
                        package_name: four
                        package_dir: dist
                        services: [four.socket]
                        health: {url: /, contains: "release ${version}"}
                        health_timeout: 3
                        batch: [1, 1, 100%%]
                        canary: 1s
                        deploy: [deb-deploy, test]
                      rollback_all: {}
                      stop: {on_failure: stop}
                      continue: {on_failure: continue}
                    """.formatted(String.join(", ", shop.herd.addresses())));
            shop.release(Kind.GOOD);
            ShopSite.assertWell(shop.cli().run("deploy", "rollback_all"));
            return shop;
        } catch (Throwable e) {
            shop.close();
            throw e;
        }
    }

    List<FleetHost> hosts() {
        return hosts;
    }

    Cli cli() {
        return herd.cli();
    }

    /** Builds the next release, which every deploy takes from then on, and returns its version. */
    String release(Kind kind) throws IOException {
        var version = ++number + ".0";
        var dist = Files.createDirectories(herd.folder().resolve("dist"));
        try (var old = Files.list(dist)) {
            for (var file : old.toList()) {
                Files.delete(file);
            }
        }
        var root = Files.createTempDirectory(herd.folder(), "root-");
        root.toFile().setReadable(true, false);
        root.toFile().setExecutable(true, false);
        ShopProgram.write(root.resolve("lib/systemd/system/four.socket"), SOCKET);
        ShopProgram.write(root.resolve("lib/systemd/system/four@.service"), SERVICE);
        ShopProgram.executable(root.resolve("usr/lib/four/answer"),
                ANSWER.formatted(kind, version, hosts.get(0).container()));
        var noise = new byte[NOISE];
        new Random(number).nextBytes(noise);
        Files.write(root.resolve("usr/lib/four/noise"), noise);
        ShopProgram.write(root.resolve("DEBIAN/control"), """
                Package: four
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Description: what four hosts serve
                """.formatted(version));
        ShopProgram.executable(root.resolve("DEBIAN/postinst"),
                POSTINST + (kind == Kind.BAD_POSTINST ? "exit 1\n" : ""));
        cli().tool("dpkg-deb", "--root-owner-group", "-Zgzip", "-b", root.toString(),
                dist.resolve("four_" + version + "_all.deb").toString());
        return version;
    }

    /** What the tools say of all four. */
    String status() {
        return cli().run("status", "rollback_all", "--json").out();
    }

    @Override
    public void close() {
        herd.close();
    }
}
