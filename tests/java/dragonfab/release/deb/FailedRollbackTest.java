package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rollback that fails is told, and takes the target from nobody: what runs stays, and the next release may come. */
@OnContainers
class FailedRollbackTest {
    private static final String START = "[ \"$1\" = configure ] || exit 0\nsystemctl daemon-reload\n"
            + "systemctl enable --quiet NAME.service\nsystemctl restart NAME.service";
    private static BrokenPackages there;

    @BeforeAll
    static void start() throws IOException {
        there = BrokenPackages.start("norollback", """
                __all__: {lxc: %s, web_server: none}
                stays: {package_name: stays}
                gone: {package_name: gone}
                hand: {package_name: hand}
                other: {package_name: other}
                lost: {package_name: lost}
                early: {package_name: early}
                """);
    }

    @AfterAll
    static void remove() {
        there.close();
    }

    @Test
    void theWayForwardStaysOpen() throws IOException {
        var failed = broken("stays");

        assertEquals(4, failed.exit(), failed.toString());
        assertEquals("active", there.ask("systemctl is-active stays"));
        assertTrue(failed.err().contains("try: jbang status@dragonfab stays\nthen: it says why"), failed.toString());
        assertTrue(status("stays").contains("failed, and what runs stays: dpkg: error"), status("stays"));
        assertEquals("1", count("stays", "\"event\":\"rollback\",\"state\":\"failed\""));
        var heal = there.ends(4, "heal", "stays");
        assertTrue(heal.err().contains("try: deploy a good release"), heal.toString());

        there.well("deb-deploy", "stays", service("stays", "5.1").build().toString());

        assertEquals("5.1", version("stays"));
        assertTrue(status("stays").contains("\"journal\":\"in sync\""), status("stays"));
        assertTrue(status("stays").contains("\"rollback\":\"\""), status("stays"));
        assertTrue(there.ends(0, "heal", "stays").out().lines().noneMatch(line -> line.startsWith("changed")));
    }

    @Tag("long")
    @Test
    void theTimerLeavesAloneWhatRuns() throws Exception {
        broken("gone");
        Thread.sleep(15_000);

        assertTrue(Integer.parseInt(there.ask("cat /var/lib/dragonfab/gone/rollback/tries").strip()) <= 2);
        assertEquals("active", there.ask("systemctl is-active gone"));

        there.ends(3, "heal", "gone", "--abandon");
        there.ends(3, "heal", "gone", "--abandon", "--yes");
        there.well("heal", "gone", "--abandon", "--yes", "--yes-really", "gone");
        assertEquals("1", count("gone", "\"state\":\"abandoned\""));
        assertTrue(status("gone").contains("needs attention"), status("gone"));
    }

    @Test
    void whatAPersonInstalledStays() throws IOException {
        broken("hand");
        there.dpkg("-i", service("hand", "3.6").build());

        there.well("heal", "hand");

        assertEquals("1", count("hand", "\"state\":\"given up: changed by hand\""));
        assertEquals("3.6", version("hand"));
        var next = service("hand", "5.7").build().toString();
        there.ends(3, "deb-deploy", "hand", next);
        there.well("deb-deploy", "hand", next, "--allow-no-rollback");
    }

    @Tag("long")
    @Test
    void aRollbackToAnotherReleaseGoesOn() throws IOException {
        there.well("deb-deploy", "other", service("other", "1.0").build().toString());
        assertEquals(4, broken("other").exit());

        there.well("rollback", "other", "1.0");

        assertEquals("1.0", version("other"));
        assertTrue(status("other").contains("\"journal\":\"in sync\""), status("other"));
    }

    @Test
    void whoLostTheLockReadsWhatTheTargetHasDone() throws Exception {
        there.well("deb-deploy", "lost", service("lost", "1.0").build().toString());
        var slow = service("lost", "1.1").script("postinst", START.replace("NAME", "lost") + "\nsleep 3").build();
        var said = new StringBuffer();
        var deploy = Cli.in(there.folder()).follow(line -> said.append(line).append('\n'), "deb-deploy", "lost",
                slow.toString());
        waitFor("test -e /var/lib/dragonfab/lost/rollback/armed");
        Cli.in(there.folder()).tool("kill", "-STOP", String.valueOf(deploy.pid()));
        // What holds the lock hears of nobody for a minute; the test has less patience.
        Lab.run(there.inside(), "pkill -f '[p]erl.*dragonfab/lost' || true");
        waitFor("grep -q '\"outcome\":\"rolled back\"' /var/lib/dragonfab/lost/journal");
        Cli.in(there.folder()).tool("kill", "-CONT", String.valueOf(deploy.pid()));

        assertEquals(1, deploy.waitFor(), said.toString());
        assertTrue(said.toString().contains("rolled back") || said.toString().contains("gone back by itself"),
                said.toString());
        assertEquals("1.0", version("lost"));
    }

    /** Suspended between the lock and the first change: nothing is there to be undone. */
    @Test
    void whoLostTheLockBeforeTheFirstChangeHasChangedNothing() throws Exception {
        there.well("deb-deploy", "early", service("early", "1.0").build().toString());
        var before = there.ask("systemctl show -p MainPID early");
        var deploy = Cli.in(there.folder()).start("deb-deploy", "early", service("early", "1.1").build().toString());
        waitFor("! flock -n /var/lib/dragonfab/early/lock true");
        Cli.in(there.folder()).tool("kill", "-STOP", String.valueOf(deploy.pid()));
        assertEquals("", there.ask("ls /var/lib/dragonfab/early/rollback/armed 2>/dev/null"));
        Lab.run(there.inside(), "pkill -f '[p]erl.*dragonfab/early'");
        Cli.in(there.folder()).tool("kill", "-CONT", String.valueOf(deploy.pid()));

        assertEquals(1, deploy.waitFor());
        assertEquals(before, there.ask("systemctl show -p MainPID early"));
    }

    private static void waitFor(String condition) {
        Lab.run(there.inside(),
                "for i in $(seq 1500); do if " + condition + "; then exit 0; fi; sleep 0.04; done; exit 1");
    }

    private static BrokenPackages.Deb service(String name, String version) {
        return there.deb(name, version).unit(name + ".service", "[Service]\nExecStart=/bin/sleep infinity")
                .script("postinst", START.replace("NAME", name));
    }

    /** One that allows no way down, and on top of it one that fails. */
    private static Cli.Ran broken(String name) throws IOException {
        there.well("deb-deploy", name, service(name, "3.3").script("preinst", "[ \"$1\" = install ] ||"
                + " ! dpkg --compare-versions \"$2\" gt 3.3 || { echo 'no way down' >&2; exit 1; }").build()
                .toString());
        Path bad = service(name, "5.0").script("postinst", START.replace("NAME", name) + "\nexit 1").build();
        return there.run("deb-deploy", name, bad.toString());
    }

    private static String version(String name) {
        return there.ask("cat /usr/share/" + name + "/version").strip();
    }

    private static String status(String environment) {
        return there.run("status", environment, "--json").out();
    }

    private static String count(String name, String text) {
        return there.ask("grep -cF '" + text + "' /var/lib/dragonfab/" + name + "/journal").strip();
    }
}
