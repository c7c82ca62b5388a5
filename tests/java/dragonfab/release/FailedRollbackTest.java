package dragonfab.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback that fails is told, and takes the target from nobody: what runs stays, and the next release may come. */
@OnContainers
class FailedRollbackTest {
    private static final String NO_DOWNGRADE = "[ \"$1\" = install ] || ! dpkg --compare-versions \"$2\" gt %s"
            + " || { echo 'no way down' >&2; exit 1; }\n";

    @TempDir
    static Path folder;
    private static Shell inside;
    private static Cli cli;

    @BeforeAll
    static void start() throws IOException {
        inside = Lab.container("norollback");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__: {lxc: %snorollback, package_dir: dist, web_server: none}
                  stays: {package_name: stays}
                  gone: {package_name: gone}
                  hand: {package_name: hand}
                  other: {package_name: other}
                  lost: {package_name: lost}
                """.formatted(Lab.PREFIX));
        cli = Cli.in(folder);
    }

    @AfterAll
    static void remove() {
        Lab.remove("norollback");
    }

    @Test
    void theWayForwardStaysOpen() throws IOException {
        var failed = broken("stays");

        assertEquals(4, failed.exit(), failed.toString());
        Lab.run(inside, "systemctl is-active stays");
        assertTrue(status("stays").contains("failed, and what runs stays: "), status("stays"));
        // The timer tries a second time meanwhile, and dpkg's words depend on what it finds.
        var said = status("stays");
        assertTrue(said.matches("(?s).*what runs stays: [^\"]*[Ee]rror[^\"]*\".*"), said);
        assertEquals(1, count("stays", "\"event\":\"rollback\",\"state\":\"failed\""));
        var heal = cli.run("heal", "stays");
        assertEquals(4, heal.exit(), heal.toString());
        assertTrue(heal.err().contains("try: a deploy of a good release"), heal.toString());

        new ServicePackage("stays", "5.1").build(folder);
        well(cli.run("deb-deploy", "stays"));

        assertEquals("5.1\n", inside.read(Command.of("cat", "/usr/share/stays/version")) + "\n");
        assertTrue(status("stays").contains("\"journal\":\"in sync\""), status("stays"));
        assertTrue(status("stays").contains("\"rollback\":\"\""), status("stays"));
        assertTrue(cli.run("heal", "stays").out().lines().noneMatch(line -> line.startsWith("changed")));
    }

    @Tag("long")
    @Test
    void theTimerLeavesAloneWhatRuns() throws Exception {
        broken("gone");
        var tries = inside.read(Command.of("cat", "/var/lib/dragonfab/gone/rollback/tries"));
        Thread.sleep(15_000);

        var later = Integer.parseInt(inside.read(Command.of("cat",
                "/var/lib/dragonfab/gone/rollback/tries")).strip());
        assertTrue(later <= Math.max(2, Integer.parseInt(tries.strip())), tries + later);
        Lab.run(inside, "systemctl is-active gone");

        assertEquals(3, cli.run("heal", "gone", "--abandon").exit());
        assertEquals(3, cli.run("heal", "gone", "--abandon", "--yes").exit());
        well(cli.run("heal", "gone", "--abandon", "--yes", "--yes-really", "gone"));
        assertEquals(1, count("gone", "\"state\":\"abandoned\""));
        assertTrue(status("gone").contains("needs attention"), status("gone"));
    }

    @Test
    void whatAPersonInstalledStays() throws IOException {
        broken("hand");
        var mended = new ServicePackage("hand", "3.6").build(folder);
        Lab.run(inside, "cat > /root/hand.deb", "");
        Lab.HERE.ask(Command.script("lxc-attach -n \"$1\" -- sh -c 'cat > /root/hand.deb' < \"$2\"",
                Lab.PREFIX + "norollback", mended).asRoot());
        Lab.run(inside, "dpkg -i /root/hand.deb");

        var heal = cli.run("heal", "hand");

        assertEquals(0, heal.exit(), heal.toString());
        assertEquals(1, count("hand", "\"state\":\"given up: changed by hand\""));
        assertEquals("3.6", inside.read(Command.of("cat", "/usr/share/hand/version")).strip());
        new ServicePackage("hand", "5.7").build(folder);
        var refused = cli.run("deb-deploy", "hand");
        assertEquals(3, refused.exit(), refused.toString());
        well(cli.run("deb-deploy", "hand", "--allow-no-rollback"));
    }

    @Tag("long")
    @Test
    void aRollbackToAnotherReleaseGoesOn() throws IOException {
        new ServicePackage("other", "1.0").build(folder);
        well(cli.run("deb-deploy", "other"));
        assertEquals(4, broken("other").exit());

        well(cli.run("rollback", "other", "1.0"));

        assertEquals("1.0", inside.read(Command.of("cat", "/usr/share/other/version")).strip());
        assertTrue(status("other").contains("\"journal\":\"in sync\""), status("other"));
    }

    @Test
    void whoLostTheLockReadsWhatTheTargetHasDone() throws Exception {
        new ServicePackage("lost", "1.0").build(folder);
        well(cli.run("deb-deploy", "lost"));
        new ServicePackage("lost", "1.1").with("postinst", "exit_later() { sleep 3; }; exit_later\n").build(folder);
        var said = new StringBuffer();
        var deploy = cli.follow(line -> said.append(line).append('\n'), "deb-deploy", "lost", "--set",
                "deploy=[deb-deploy]");
        waitFor("test -e /var/lib/dragonfab/lost/rollback/armed");
        Cli.in(folder).tool("kill", "-STOP", String.valueOf(deploy.pid()));
        // What holds the lock hears of nobody for a minute; the test has less patience.
        Lab.run(inside, "pkill -f '[p]erl.*dragonfab/lost' || true");
        waitFor("grep -q '\"outcome\":\"rolled back\"' /var/lib/dragonfab/lost/journal");
        Cli.in(folder).tool("kill", "-CONT", String.valueOf(deploy.pid()));

        assertEquals(1, deploy.waitFor(), said.toString());
        assertTrue(said.toString().contains("rolled back") || said.toString().contains("gone back by itself"),
                said.toString());
        assertEquals("1.0", inside.read(Command.of("cat", "/usr/share/lost/version")).strip());
    }

    private static void waitFor(String condition) {
        Lab.run(inside, "for i in $(seq 300); do if " + condition + "; then exit 0; fi; sleep 0.2; done; exit 1");
    }

    /** One that allows no way down, and on top of it one that fails. */
    private static Cli.Ran broken(String name) throws IOException {
        new ServicePackage(name, "3.3").with("preinst", NO_DOWNGRADE.formatted("3.3")).build(folder);
        well(cli.run("deb-deploy", name));
        new ServicePackage(name, "5.0").with("postinst", "exit 1\n").build(folder);
        return cli.run("deb-deploy", name);
    }

    private static String status(String environment) {
        return cli.run("status", environment, "--json").out();
    }

    private static int count(String name, String text) {
        return Integer.parseInt(inside.ask(Command.script("grep -cF -- \"$1\" \"$2\" || true", text,
                "/var/lib/dragonfab/" + name + "/journal")).out().strip());
    }

    private static void well(Cli.Ran ran) {
        assertEquals(0, ran.exit(), ran.toString());
    }
}
