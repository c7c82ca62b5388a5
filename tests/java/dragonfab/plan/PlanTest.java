package dragonfab.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A plan says what dpkg and apt then do, changes nothing itself, and is not carried out when something has moved. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlanTest {
    private static final String NAME = Lab.PREFIX + "plan";
    private static final Shell INSIDE = new ContainerShell(Lab.HERE, NAME);
    /** All files with size, mode and time of their last change, but for what the system itself writes all the time. */
    private static final String SNAPSHOT = """
            find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /var/log \\
                -o -path /var/lib/systemd \\) -prune -o -type f -printf '%p %s %m %T@\\n' -o -type d -path '/tmp*' -print |
                sort
            """;

    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-plan");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  tool:
                    lxc: %s
                    package_name: tool
                    debconf: debconf.dat
                    web_server: none
                    deploy: [deb-deploy]
                """.formatted(NAME));
        Files.writeString(folder.resolve("debconf.dat"), "tool tool/secret password open-sesame\n");
        var init = Cli.in(folder).run("init", "tool");
        assertEquals(0, init.exit(), init.toString());
        build("1.0", "", "all: as it was\n", Map.of("usr/lib/tool/same", "s", "usr/lib/tool/old", "o",
                "usr/lib/tool/changed", "1"));
        var deploy = Cli.in(folder).run("deploy", "tool");
        assertEquals(0, deploy.exit(), deploy.toString());
        Lab.run(INSIDE, "echo 'edited on the host' > /etc/tool.conf; apt-get -q update");
        build("1.1", "cowsay", "all: as it shall be\n", Map.of("usr/lib/tool/same", "s", "usr/lib/tool/new", "n",
                "usr/lib/tool/changed", "2"));
    }

    @AfterAll
    static void remove() {
        Lab.remove("plan");
    }

    @Test
    @Order(1)
    void tellsAllThatAnUpgradeWouldDoAndChangesNothing() {
        var before = INSIDE.read(Command.script(SNAPSHOT).asRoot());

        var plan = Cli.in(folder).run("deploy", "tool", "--plan");

        assertEquals(before, INSIDE.read(Command.script(SNAPSHOT).asRoot()));
        assertEquals(0, plan.exit(), plan.toString());
        assertEquals("", plan.err());
        assertTells(plan, "installed version", "1.0");
        assertTells(plan, "new version", "1.1");
        assertTells(plan, "apt cowsay", "is installed: .*");
        assertTells(plan, "conffile /etc/tool.conf", "changed on the host and by the new package: stays, .*dpkg-dist");
        assertTells(plan, "conffile /etc/tool.d/more.conf", "is new");
        assertTells(plan, "file /usr/lib/tool/changed", "changed");
        assertTells(plan, "file /usr/lib/tool/new", "new");
        assertTells(plan, "file /usr/lib/tool/old", "gone");
        assertFalse(plan.out().contains("/usr/lib/tool/same"), plan.toString());
        assertTells(plan, "script tool.postinst", "changed");
        assertTells(plan, "unit tool.service", "runs, and is restarted");
        assertTells(plan, "question tool/secret", "answered in debconf.dat");
        assertTells(plan, "question tool/port", "not answered: .*");
        assertTells(plan, "disk /", "[0-9]+ MB needed, [0-9]+ MB free");
        assertFalse(plan.out().contains("open-sesame"), plan.toString());
    }

    private static void assertTells(Cli.Ran plan, String about, String text) {
        var expected = NAME + " +ok +" + java.util.regex.Pattern.quote(about) + " +" + text;
        assertTrue(plan.out().lines().anyMatch(line -> line.matches(expected)),
                about + ": " + text + " is missing in\n" + plan);
    }

    @Test
    @Order(2)
    void isRefusedWhenSomethingHasMoved() throws IOException {
        Lab.run(INSIDE, "echo 'edited once more' > /etc/tool.conf");
        assertRefused("conffile /etc/tool.conf: changed on the host and by the new package: .*");
        Lab.run(INSIDE, "echo 'edited on the host' > /etc/tool.conf");

        Lab.run(INSIDE, "mkdir /tmp/t && dpkg-deb -R /var/lib/dragonfab/tool/packages/tool_1.0_all.*.deb /tmp/t"
                + " && sed -i 's/^Version:.*/Version: 1.0.5/' /tmp/t/DEBIAN/control"
                + " && dpkg-deb -b /tmp/t /tmp/t.deb && dpkg --force-confold -i /tmp/t.deb && rm -r /tmp/t /tmp/t.deb");
        assertRefused("installed version: 1\\.0 -> 1\\.0\\.5");
        Lab.run(INSIDE, "dpkg --force-confold -i /var/lib/dragonfab/tool/packages/tool_1.0_all.*.deb");

        var file = folder.resolve("dist/tool_1.1_all.deb");
        var good = Files.readAllBytes(file);
        Files.write(file, Files.readAllBytes(folder.resolve("dist/tool_1.0_all.deb")));
        assertRefused(".*package tool_1.1_all.deb: sha256 .*");
        Files.write(file, good);

        Files.writeString(folder.resolve("debconf.dat"), "tool tool/secret password open-barley\n");
        assertRefused("debconf answers: .*");
        Files.writeString(folder.resolve("debconf.dat"), "tool tool/secret password open-sesame\n");
        assertEquals("ii  1.0", installed());
    }

    private static void assertRefused(String moved) throws IOException {
        var deploy = Cli.in(folder).run("deploy", "tool", "--plan", kept().toString());
        assertEquals(3, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().lines().anyMatch(line -> line.matches("  (" + NAME + "|local): " + moved)),
                moved + " is missing in\n" + deploy);
    }

    /** A newer package lies there by then, and is not the one that was agreed to. */
    @Test
    @Order(3)
    void isCarriedOutAsItWasToldWhenNothingHasMoved() throws IOException {
        build("1.2", "", "all: later\n", Map.of());
        var before = mainPid();

        var deploy = Cli.in(folder).run("deploy", "tool", "--plan", kept().toString());

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals("ii  1.1", installed());
        assertEquals("""
                edited on the host
                all: as it shall be
                /etc/tool.conf
                /etc/tool.conf.dpkg-dist
                /usr/lib/tool/changed
                /usr/lib/tool/new
                /usr/lib/tool/same
                /usr/games/cowsay
                """.strip(), INSIDE.read(Command.script("cat /etc/tool.conf /etc/tool.conf.dpkg-dist;"
                + " ls /etc/tool.conf*; ls -d /usr/lib/tool/*; ls /usr/games/cowsay")));
        assertNotEquals(before, mainPid());
    }

    private static String mainPid() {
        return INSIDE.read(Command.of("systemctl", "show", "tool.service", "-p", "MainPID", "--value"));
    }

    private static String installed() {
        return INSIDE.read(Command.of("dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Version}", "tool"));
    }

    private static Path kept() throws IOException {
        try (var files = Files.list(folder.resolve(".dragonfab/plans"))) {
            return files.filter(file -> file.toString().endsWith(".json")).max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static void build(String version, String depends, String conffile, Map<String, String> files)
            throws IOException {
        var all = new TreeMap<>(files);
        all.put("etc/tool.conf", conffile);
        all.put("etc/tool.d/more.conf", "more\n");
        all.put("usr/lib/systemd/system/tool.service", "[Service]\nExecStart=/bin/sleep infinity\n");
        var conffiles = version.equals("1.0") ? "/etc/tool.conf\n" : "/etc/tool.conf\n/etc/tool.d/more.conf\n";
        if (version.equals("1.0")) {
            all.remove("etc/tool.d/more.conf");
        }
        all.put("DEBIAN/conffiles", conffiles);
        all.put("DEBIAN/control", """
                Package: tool
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Depends: debconf%s
                Description: a tool
                """.formatted(version, depends.isEmpty() ? "" : ", " + depends));
        all.put("DEBIAN/templates", "Template: tool/secret\nType: password\nDescription: s\n s\n\n"
                + "Template: tool/port\nType: string\nDefault: 80\nDescription: p\n p\n");
        all.put("DEBIAN/postinst", """
                #!/bin/sh
                # %s
                set -e
                . /usr/share/debconf/confmodule
                db_stop
                systemctl daemon-reload
                systemctl restart tool.service
                """.formatted(version));
        var root = folder.resolve("root-" + version);
        for (var file : all.entrySet()) {
            Files.createDirectories(root.resolve(file.getKey()).getParent());
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        root.resolve("DEBIAN/postinst").toFile().setExecutable(true, false);
        Files.createDirectories(folder.resolve("dist"));
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-b", root.toString(),
                folder.resolve("dist/tool_" + version + "_all.deb").toString());
    }
}
