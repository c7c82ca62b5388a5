package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two SSH hosts with an ordinary login: one sudo asks for a password, the other does not. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostsTest {
    private static Path folder;
    private static Shell open;
    private static Shell asking;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-hosts");
        var login = Login.in(folder);
        open = Lab.container("open");
        login.to("open", open, "deploy ALL=(ALL) NOPASSWD: ALL");
        asking = Lab.container("asking");
        login.to("asking", asking, "deploy ALL=(ALL) ALL");
        Files.writeString(folder.resolve("answers"), "dftest-app dftest-app/value string ${vars.value}\n"
                + "dftest-app dftest-app/secret password ${env:APP_SECRET}\n");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  hosts:
                    hosts: [%s, %s]
                    ssh_config: ssh_config
                    sudo_password: ${env:SUDO_PASSWORD}
                    package_name: dftest-app
                    package_dir: .
                    debconf: answers
                    vars: {value: plain}
                    keep_releases: 2
                """.formatted(Lab.address("open"), Lab.address("asking")));
        build("1.0");
    }

    /** A package that writes its answers down to the letter. */
    private static void build(String version) throws IOException {
        var root = Files.createDirectories(folder.resolve("root/DEBIAN")).getParent();
        Files.writeString(root.resolve("DEBIAN/control"), """
                Package: dftest-app
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Depends: debconf
                Description: writes its answers down
                """.formatted(version));
        Files.writeString(root.resolve("DEBIAN/templates"), """
                Template: dftest-app/value
                Type: string
                Description: a value

                Template: dftest-app/secret
                Type: password
                Description: a secret
                """);
        executable(root.resolve("DEBIAN/config"), "db_input low dftest-app/value || true\ndb_go || true\n");
        executable(root.resolve("DEBIAN/postinst"), """
                mkdir -p /etc/dftest-app
                db_get dftest-app/value
                printf '%s' "$RET" > /etc/dftest-app/value
                [ "$RET" != breaks ] || exit 1
                db_get dftest-app/secret
                [ -z "$RET" ] || (umask 077; printf '%s' "$RET" > /etc/dftest-app/secret)
                """);
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-b", "root", "dftest-app_" + version + "_all.deb");
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\nset -e\n. /usr/share/debconf/confmodule\n" + body);
        assertTrue(file.toFile().setExecutable(true, false));
    }

    @AfterAll
    static void remove() {
        Lab.remove("open");
        Lab.remove("asking");
    }

    private static Cli.Ran run(String script, String... arguments) {
        return Cli.in(folder).with("SUDO_PASSWORD", Login.PASSWORD).with("APP_SECRET", "poison-app-secret")
                .run(script, arguments);
    }

    @Test
    @Order(1)
    void bothHostsGetTheNewestVersionWhicheverWaySudoLetsUsIn() throws IOException {
        build("1.10");
        var deploy = run("deb-deploy", "hosts", "-v");

        assertEquals(0, deploy.exit(), deploy.toString());
        for (var host : List.of(open, asking)) {
            assertEquals("1.10", host.read(Command.of("dpkg-query", "-W", "-f", "${Version}", "dftest-app")));
        }
        assertFalse(deploy.toString().contains("poison"), deploy.toString());
        assertFalse(deploy.toString().contains("sudo-p"), deploy.toString());
        for (var host : List.of(open, asking)) {
            // A rollback needs it, too; only root can read that folder.
            assertEquals("/etc/dftest-app/secret\n/var/lib/dragonfab/dftest-app/answered/SUM\n",
                    host.ask(Command.script("grep -rlsF poison-app-secret /etc /var /root /home /tmp /run")).out()
                            .replaceAll("[0-9a-f]{64}", "SUM"));
            assertEquals("700 root", host.read(Command.of("stat", "-c", "%a %U",
                    "/var/lib/dragonfab/dftest-app/answered")));
        }
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"it's", "a \"b\" c", "$(touch /tmp/pwned)", "`touch /tmp/pwned`", "back\\slash",
        "ends in a backslash\\", "  blanks  ", "-n --leading", "ü € 😀", "a;b&c|d>e", "100%s %n", "#no", "*"})
    void aValueReachesThePackageToTheLetter(String value) {
        var deploy = run("deb-deploy", "hosts", "--set", "vars.value=" + value.replace("${", "$${"));

        assertEquals(0, deploy.exit(), deploy.toString());
        for (var host : List.of(open, asking)) {
            assertEquals(value, host.ask(Command.of("cat", "/etc/dftest-app/value")).out());
            assertEquals(1, host.ask(Command.of("test", "-e", "/tmp/pwned")).ended().code());
        }
    }

    @Test
    @Order(3)
    void anAnswerThatBreaksThePackageIsTakenBackWithIt() {
        assertEquals(0, run("deb-deploy", "hosts", "--set", "vars.value=good").exit());

        var deploy = run("deb-deploy", "hosts", "--set", "vars.value=breaks");

        assertEquals(1, deploy.exit(), deploy.toString());
        for (var host : List.of(open, asking)) {
            assertEquals("good", host.ask(Command.of("cat", "/etc/dftest-app/value")).out());
            assertEquals("ii", host.read(Command.of("dpkg-query", "-W", "-f", "${db:Status-Abbrev}", "dftest-app")));
            assertEquals("0 good", host.read(Command.script(
                    "echo GET dftest-app/value | debconf-communicate dftest-app").asRoot()).strip());
        }
        assertTrue(run("deb-deploy", "hosts", "--set", "vars.value=good").out().contains("it runs already"));
    }

    @Test
    @Order(3)
    void aLineEndInAnAnswerIsRefusedBeforeAnythingHappens() {
        var deploy = run("deb-deploy", "hosts", "--set", "vars.value=two\nlines");

        assertEquals(2, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains("dftest-app/value: debconf cannot hold a line end"), deploy.err());
    }

    @Test
    @Order(4)
    void argumentsOfRunReachEveryHostToTheLetter() {
        var ran = run("run", "hosts", "--", "printf", "<%s>", "it's", "$(id)", "`id`", "", "-n", "ü");

        assertEquals(0, ran.exit(), ran.toString());
        assertEquals(2, ran.out().lines().filter(line -> line.endsWith("<it's><$(id)><`id`><><-n><ü>")).count(),
                ran.toString());
    }

    @Test
    @Order(5)
    void theExitCodeTellsThatOneHostFailed() {
        Lab.run(open, "touch /only-here");
        var ran = run("run", "hosts", "--", "test", "-e", "/only-here");

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.err().contains(Lab.address("asking")) && !ran.err().contains(Lab.address("open")), ran.err());
    }

    @Test
    @Order(6)
    void oldPackagesGoAndThoseWithinReachStay() throws IOException {
        build("2.0");
        assertEquals(0, run("deb-deploy", "hosts").exit());
        build("3.0");
        assertEquals(0, run("deb-deploy", "hosts").exit());

        assertEquals("dftest-app_2.0_all.SUM.deb\ndftest-app_3.0_all.SUM.deb",
                open.read(Command.of("ls", "/var/lib/dragonfab/dftest-app/packages"))
                        .replaceAll("[.][0-9a-f]{16}[.]", ".SUM."));
        assertEquals(0, run("rollback", "hosts").exit());
        assertEquals("2.0", asking.read(Command.of("dpkg-query", "-W", "-f", "${Version}", "dftest-app")));
    }

    @Test
    @Order(7)
    void theSystemsSshReachesThemAlike() throws IOException {
        build("4.0");
        assertEquals(0, run("deb-deploy", "hosts", "--set", "transport=openssh").exit());
        for (var host : List.of(open, asking)) {
            assertEquals("4.0", host.read(Command.of("dpkg-query", "-W", "-f", "${Version}", "dftest-app")));
        }
        var ran = run("run", "hosts", "--set", "transport=openssh", "--", "printf", "<%s>", "it's", "$(id)", "", "ü");
        assertEquals(2, ran.out().lines().filter(line -> line.endsWith("<it's><$(id)><><ü>")).count(), ran.toString());
        assertEquals(1, run("run", "hosts", "--set", "transport=openssh", "--", "test", "-e", "/only-here").exit());
    }

    @Test
    @Order(8)
    void aWrongPasswordAndALoginThatSpeaksAreNamed() {
        Lab.run(open, "cp /home/deploy/.bashrc /root/bashrc; echo 'echo Welcome to the shop' > /home/deploy/.bashrc");
        try {
            var wrong = Cli.in(folder).with("SUDO_PASSWORD", "another").with("APP_SECRET", "poison-app-secret");
            for (var transport : List.of("transport=sshj", "transport=openssh")) {
                var doctor = wrong.run("doctor", "hosts", "--set", transport);
                assertEquals(1, doctor.exit(), doctor.toString());
                assertTrue(doctor.out().contains("sudo does not take sudo_password for deploy: it is wrong"),
                        doctor.toString());
                assertTrue(doctor.out().contains("says \"Welcome to the shop\" before every command"),
                        doctor.toString());
                var deploy = wrong.run("deb-deploy", "hosts", "--host", Lab.address("asking"), "--set", transport);
                assertEquals(2, deploy.exit(), deploy.toString());
                assertTrue(deploy.err().contains("sudo does not take sudo_password for deploy: it is wrong"),
                        deploy.toString());
                var status = run("status", "hosts", "--set", transport);
                assertTrue(status.exit() == 0 && !status.toString().contains("Welcome"), status.toString());
            }
        } finally {
            Lab.run(open, "cp /root/bashrc /home/deploy/.bashrc");
        }
    }

    @ParameterizedTest
    @Order(9)
    @ValueSource(strings = {"sshj", "openssh"})
    void aHostWhoseKeyChangedIsRefusedLoudly(String transport) throws IOException {
        var known = folder.resolve("known_hosts");
        var before = Files.readString(known);
        var pair = folder.resolve("other-" + transport);
        Cli.in(folder).tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", pair.toString());
        var other = Files.readString(Path.of(pair + ".pub")).split(" ");
        Files.writeString(known, Lab.address("open") + " " + other[0] + " " + other[1] + "\n");

        var ran = run("run", "hosts", "--set", "transport=" + transport, "--host", Lab.address("open"), "--", "true");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("THE HOST KEY HAS CHANGED"), ran.err());
        Files.writeString(known, before);
    }
}
