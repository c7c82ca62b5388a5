package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Herd;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A deploy to many hosts, some of which are in trouble of each kind; the others get it, and nothing hangs. */
@OnContainers
class FleetTest {
    private static final int HOSTS = 24;
    private static final int LONGEST_SECONDS = 240;
    private static final String FULL = "/var/lib/dragonfab/fleet";

    private static Herd herd;

    @BeforeAll
    static void start() throws Exception {
        herd = Herd.of("fleet", HOSTS);
        Files.writeString(herd.folder().resolve("environments.yml"), """
                environments:
                  fleet:
                    hosts: [%s]
                    ssh_config: ssh_config
                    connect_timeout: 10
                    package_name: fleet
                    package_dir: .
                    batch: [1, 30%%, 100%%]
                    on_failure: continue
                    max_failures: 5
                """.formatted(String.join(", ", herd.addresses())));
        build("1.0");
    }

    /** A package that does not fit where there is no room. */
    private static void build(String version) throws IOException {
        var root = Files.createDirectories(herd.folder().resolve("root/DEBIAN")).getParent();
        Files.writeString(root.resolve("DEBIAN/control"), """
                Package: fleet
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Description: takes room
                """.formatted(version));
        var noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        Files.createDirectories(root.resolve("usr/share/fleet"));
        Files.write(root.resolve("usr/share/fleet/noise"), noise);
        Cli.in(herd.folder()).tool("dpkg-deb", "--root-owner-group", "-b", "root", "fleet_" + version + "_all.deb");
    }

    @AfterAll
    static void remove() {
        herd.close();
    }

    @Test
    void eachHostIsReportedForItselfAndResumeFinishes() throws IOException {
        var known = herd.folder().resolve("known_hosts");
        var keys = Files.readString(known);
        here("lxc-stop -k -n \"$1\"", "fleet3");
        here("lxc-stop -k -n \"$1\"", "fleet11");
        here("lxc-freeze -n \"$1\"", "fleet7");
        Lab.run(herd.inside("fleet15"), "mkdir -p \"$1\"; mount -t tmpfs -o size=100k tmpfs \"$1\"", FULL);
        changeKey(known, herd.address("fleet20"));
        var bad = List.of("fleet3", "fleet7", "fleet11", "fleet15", "fleet20");

        var begun = System.nanoTime();
        var deploy = herd.cli().run("deb-deploy", "fleet");
        var seconds = (System.nanoTime() - begun) / 1_000_000_000;

        assertEquals(4, deploy.exit(), deploy.toString());
        assertTrue(seconds < LONGEST_SECONDS, seconds + " s");
        var reasons = reasons(deploy.err());
        assertEquals(bad.stream().map(herd::address).collect(Collectors.toSet()), reasons.keySet(), deploy.toString());
        assertTrue(reasons.get(herd.address("fleet20")).contains("HOST KEY HAS CHANGED"), deploy.err());
        assertTrue(deploy.err().contains("No space left on device"), deploy.err());
        assertTrue(deploy.err().endsWith("try: jbang deb-deploy@dragonfab fleet --resume\n"), deploy.err());
        for (var name : herd.names()) {
            if (!bad.contains(name)) {
                assertEquals("1.0", herd.installed(name, "fleet"), name);
            }
        }

        here("lxc-start -n \"$1\"", "fleet3");
        here("lxc-start -n \"$1\"", "fleet11");
        here("lxc-unfreeze -n \"$1\"", "fleet7");
        Lab.run(herd.inside("fleet15"), "umount \"$1\"", FULL);
        Files.writeString(known, keys);
        for (var name : List.of("fleet3", "fleet11")) {
            here("for i in $(seq 100); do lxc-info -n \"$1\" -iH | grep -q . && exit 0; sleep 0.5; done; exit 1", name);
        }
        build("2.0");
        var resume = herd.cli().run("deb-deploy", "fleet", "--resume");

        assertEquals(0, resume.exit(), resume.toString());
        assertEquals(bad.size(), resume.out().lines().filter(line -> line.contains(": install fleet 1.0")).count(),
                resume.toString());
        for (var name : herd.names()) {
            assertEquals("1.0", herd.installed(name, "fleet"), name);
        }
        var nothing = herd.cli().run("deb-deploy", "fleet", "--resume");
        assertEquals(0, nothing.exit(), nothing.toString());
        assertTrue(nothing.out().contains("nothing is left: fleet 1.0 is on"), nothing.toString());
    }

    /** Of the last account: each host with its reason. */
    private static Map<String, String> reasons(String err) {
        var account = err.substring(err.indexOf("targets do not have the release"));
        return account.lines().filter(line -> line.startsWith("  ")).map(line -> line.strip().split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static void changeKey(Path known, String address) throws IOException {
        var lines = Files.readAllLines(known);
        Cli.in(herd.folder()).tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "other");
        var other = Files.readString(herd.folder().resolve("other.pub")).split(" ");
        Files.write(known, lines.stream().map(line -> line.startsWith(address + " ")
                ? address + " " + other[0] + " " + other[1] : line).toList());
    }

    private static void here(String script, String name) {
        Lab.HERE.read(Command.script(script, Lab.PREFIX + name).asRoot());
    }
}
