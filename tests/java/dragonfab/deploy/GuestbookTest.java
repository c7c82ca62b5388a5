package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Project;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The whole path, in the order in which a project goes it. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuestbookTest {
    private static final String NAME = Lab.PREFIX + "guestbook";
    private static final Shell INSIDE = new ContainerShell(Lab.HERE, NAME);

    private static Project project;
    private static String second;

    @BeforeAll
    static void copy() throws IOException {
        project = Project.guestbookIn(NAME);
    }

    @AfterAll
    static void remove() {
        Lab.remove("guestbook");
    }

    @Test
    @Order(1)
    void oneCommandGoesFromNothingToTheServedSite() throws Exception {
        var deploy = project.cli().run("deploy", "lxc");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals("ok guestbook " + version(), served("/health/"));
    }

    @Test
    @Order(2)
    void theSameAgainChangesNothing() {
        var deploy = project.cli().run("deploy", "lxc");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertFalse(deploy.out().contains("changed    "), deploy.out());
        assertTrue(deploy.out().lines().anyMatch(line -> line.matches("\\d+ unchanged")), deploy.out());
    }

    @Test
    @Order(3)
    void aDryRunShowsTheCommandsAndChangesNothing() throws IOException {
        project.write("entries/templates/404.html", "<p>changed</p>\n");
        project.commit("change a page");
        var before = everything();

        var deploy = project.cli().run("deploy", "lxc", "-nv");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertTrue(deploy.out().contains("apt-get -y -q"), deploy.out());
        assertTrue(deploy.out().contains("dpkg-buildpackage -us -uc -b"), deploy.out());
        assertTrue(deploy.out().contains("debconf-set-selections"), deploy.out());
        assertEquals(before, everything());
    }

    @Test
    @Order(4)
    void aCommitIsTheNextReleaseAndRollbackTheOneBefore() throws Exception {
        var first = version();
        // As a build leaves it whose machine lost its power, and one that somebody else made under such a name.
        var base = NAME + "-build";
        var left = base + "-99999998";
        var others = base + "-99999999";
        Lab.HERE.read(
                ShellScript.of("lxc/build/room", base, left, "00:16:3e:00:00:03", "guestbook " + NAME + " " + base)
                        .asRoot());
        Lab.run(Lab.HERE, "lxc-create -n \"$1\" -t none", others);

        var deploy = project.cli().run("deploy", "lxc");

        assertEquals(0, deploy.exit(), deploy.toString());
        var containers = Lab.HERE.read(Command.of("lxc-ls", "-1").asRoot());
        assertFalse(containers.contains(left), deploy.toString());
        assertTrue(containers.contains(others), deploy.toString());
        Lab.run(Lab.HERE, "lxc-destroy -n \"$1\"", others);
        second = version();
        assertFalse(first.equals(second), second);
        assertEquals("ok guestbook " + second, served("/health/"));

        var rollback = project.cli().run("rollback", "lxc");
        assertEquals(0, rollback.exit(), rollback.toString());
        assertEquals("ok guestbook " + first, served("/health/"));
    }

    @Test
    @Order(5)
    void aReleaseThatWasLeftIsNoCandidateButCanBeNamed() throws Exception {
        var none = project.cli().run("rollback", "lxc");
        assertEquals(3, none.exit(), none.toString());
        assertEquals("""
                rollback: %s: there is no earlier release to go back to
                try: jbang releases@dragonfab lxc
                """.formatted(NAME), none.err());

        var named = project.cli().run("rollback", "lxc", second);
        assertEquals(0, named.exit(), named.toString());
        assertEquals("ok guestbook " + second, served("/health/"));
    }

    @Test
    @Order(6)
    void aKeptPackageThatWasTamperedWithAllowsNoRollback() {
        INSIDE.read(Command.script("for deb in /var/lib/dragonfab/guestbook/packages/guestbook_$1_all.*.deb;"
                + " do echo x >> \"$deb\"; done",
                INSIDE.read(Command.script("ls /var/lib/dragonfab/guestbook/packages | sed -n "
                        + "'s/guestbook_\\(.*\\)_all[.].*[.]deb/\\1/p' | grep -v -F \"$1\" | head -n 1", second))));

        var rollback = project.cli().run("rollback", "lxc");

        assertEquals(3, rollback.exit(), rollback.toString());
        assertTrue(rollback.err().contains("no longer what was installed"), rollback.err());
    }

    @Test
    @Order(7)
    void uncommittedWorkIsNamedAndRefused() throws IOException {
        project.write("entries/forgotten.py", "x = 1\n");

        var build = project.cli().run("deb-build", "lxc");

        assertEquals(3, build.exit(), build.toString());
        assertEquals("""
                deb-build: git: there is uncommitted work, and a package holds what is committed
                  ?? entries/forgotten.py
                try: commit it with git
                or: jbang deb-build@dragonfab lxc --dirty
                """, build.err());
        Files.delete(project.file("entries/forgotten.py"));
    }

    @Test
    @Order(8)
    void aDebconfFileThatIsNamedAndMissingIsAnError() {
        var deploy = project.cli().run("deb-deploy", "lxc", "--set", "debconf=nowhere.dat");

        assertEquals(2, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains("lxc.debconf: ") && deploy.err().contains("nowhere.dat"), deploy.err());
    }

    @Test
    @Order(9)
    void aPasswordIsNowhereButWhereItBelongs() {
        var poison = "Poison-p'a\"s$w%o#r\\d-ü";
        var deploy = project.cli().with("GUESTBOOK_DB_PASSWORD", poison).run("deploy", "lxc", "-v",
                "--set", "db_password=${env:GUESTBOOK_DB_PASSWORD}", "--set", "db_host=localhost",
                "--set", "debconf=debconf.dat.staging");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertFalse((deploy.out() + deploy.err()).contains("Poison"), deploy.toString());
        var places = INSIDE.ask(Command.script("grep -rlsF \"Poison-p'a\" /etc /var /root /home /tmp /run | sort"))
                .out();
        // Beside the package that it was installed with, for a rollback, and for root alone.
        var kept = INSIDE.read(Command.script("cd /var/lib/dragonfab/guestbook && sha256sum packages/*_$1_*.deb"
                + " | cut -d ' ' -f 1", version())).strip();
        var answers = "/var/lib/dragonfab/guestbook/answered/" + kept;
        assertEquals("/etc/guestbook/guestbook.ini\n" + answers + "\n", places);
        assertEquals("600 root:root\n700 root:root", INSIDE.read(Command.of("stat", "-c", "%a %U:%G", answers,
                "/var/lib/dragonfab/guestbook/answered")).strip());
        assertEquals("640 root:guestbook", INSIDE.read(Command.of("stat", "-c", "%a %U:%G",
                "/etc/guestbook/guestbook.ini")));
    }

    private static String version() {
        return INSIDE.read(Command.of("dpkg-query", "-W", "-f", "${Version}", "guestbook"));
    }

    /** Packages, and every file that a deploy could touch with its checksum, on the target and in the project. */
    private static String everything() {
        var there = INSIDE.read(Command.script(
                "dpkg -l; cd /; find etc usr/share/guestbook var/lib/dragonfab var/lib/dpkg"
                        + " var/cache/debconf var/lib/guestbook -type f -exec sha256sum {} + | sort"));
        var here = project.cli().tool("find", ".", "-path", "./.git", "-prune", "-o", "-type", "f", "-print").out();
        return there + here + Lab.HERE.read(Command.of("lxc-ls", "-1", "--filter", "^" + NAME).asRoot());
    }

    private static String served(String path) throws Exception {
        var uri = URI.create("http://" + Lab.address("guestbook") + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body().strip();
    }
}
