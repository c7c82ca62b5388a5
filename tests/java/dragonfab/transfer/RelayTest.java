package dragonfab.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import dragonfab.state.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Three hosts, and a package that goes from one of them to the others. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RelayTest {
    private static final List<String> NAMES = List.of("relay1", "relay2", "relay3");
    private static final int SIZE = 5_000_000;

    private static final Map<String, Shell> HOSTS = new TreeMap<>();
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-relay");
        var login = Login.in(folder);
        for (var name : NAMES) {
            HOSTS.put(name, Lab.container(name));
            login.to(name, HOSTS.get(name), "deploy ALL=(ALL) NOPASSWD: ALL");
        }
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  fleet:
                    hosts: [%s]
                    ssh_config: ssh_config
                    package_name: dlrelay
                    package_dir: .
                    web_server: none
                    relay: true
                """.formatted(String.join(", ", NAMES.stream().map(Lab::address).toList())));
    }

    @AfterAll
    static void remove() {
        NAMES.forEach(Lab::remove);
    }

    private static Path build(String version) throws IOException {
        var root = Files.createDirectories(folder.resolve("root/DEBIAN")).getParent();
        Files.writeString(root.resolve("DEBIAN/control"), """
                Package: dlrelay
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Description: some bytes
                """.formatted(version));
        var bytes = new byte[SIZE];
        new Random(version.hashCode()).nextBytes(bytes);
        Files.write(root.resolve("bytes"), bytes);
        var file = "dlrelay_" + version + "_all.deb";
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-Znone", "-b", "root", file);
        return folder.resolve(file);
    }

    private static long count(String name, String counter) {
        return Long.parseLong(HOSTS.get(name).read(Command.of("cat", "/sys/class/net/eth0/statistics/" + counter)));
    }

    private static void allHave(Path deb) {
        for (var host : HOSTS.values()) {
            assertEquals(Checksum.of(deb), host.read(Command.of("sha256sum",
                    "/var/lib/dragonfab/dlrelay/packages/" + new Artifact(deb.getFileName().toString(),
                            Checksum.of(deb)).kept())
                    .asRoot()).split(" ")[0]);
            assertFalse(host.ask(Command.script("pgrep -f '[/]dev/urandom'")).ok(), "somebody still lends");
        }
    }

    private static long from(Cli.Ran deploy) {
        return deploy.out().lines().filter(line -> line.matches(".*: upload \\S+: from \\S+( \\(.*\\))?")).count();
    }

    @Test
    @Order(1)
    void itLeavesThisMachineOnce() throws IOException {
        var deb = build("1.0");
        var before = new TreeMap<String, Long>();
        NAMES.forEach(name -> before.put(name, count(name, "tx_bytes")));

        var deploy = Cli.in(folder).run("deb-deploy", "fleet");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals(2, from(deploy), deploy.toString());
        var sent = NAMES.stream().map(name -> count(name, "tx_bytes") - before.get(name)).sorted().toList();
        assertTrue(sent.get(2) > 2 * SIZE && sent.get(1) < SIZE / 10, sent.toString());
        allHave(deb);
    }

    @Test
    @Order(2)
    void whoCannotReachTheOthersGetsItFromHere() throws IOException {
        var deb = build("1.1");
        for (var name : NAMES) {
            for (var other : NAMES) {
                if (!other.equals(name)) {
                    Lab.run(HOSTS.get(name), "ip route add unreachable \"$1\"/32", Lab.address(other));
                }
            }
        }

        var deploy = Cli.in(folder).run("deb-deploy", "fleet");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals(2, deploy.out().lines().filter(line -> line.contains("none of its addresses answers")).count(),
                deploy.toString());
        allHave(deb);
    }

    @Test
    @Order(3)
    void aStrangerGetsNothing() throws Exception {
        var source = HOSTS.get("relay1");
        Lab.run(source, "echo hidden > /root/lent; chmod 0600 /root/lent");
        var lend = new Upload(folder, "", "/root/lent").lend(20);
        var process = new ProcessBuilder("lxc-attach", "-n", Lab.PREFIX + "relay1", "--", "sh", "-c",
                "sleep 15 | " + lend.line()).start();
        try (var said = process.inputReader()) {
            var offer = said.readLine().split(" ");
            assertEquals("", ask(Lab.address("relay1"), offer[0], "not the word"));
            assertEquals("", ask(Lab.address("relay1"), offer[0], offer[1] + offer[1]));
            assertEquals("hidden\n", ask(Lab.address("relay1"), offer[0], offer[1]));
        } finally {
            process.destroy();
        }
    }

    private static String ask(String address, String port, String word) throws IOException {
        try (var socket = new java.net.Socket(address, Integer.parseInt(port))) {
            socket.getOutputStream().write((word + "\n").getBytes());
            return new String(socket.getInputStream().readAllBytes());
        } catch (java.net.SocketException hungUp) {
            return "";
        }
    }
}
