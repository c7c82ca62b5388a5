package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody edited on a host is shown, and never overwritten without their word. */
@OnContainers
class DriftTest {
    private static final String CODE = "/usr/share/app/code of it";
    private static BrokenPackages there;
    private static int number;

    @BeforeAll
    static void start() throws IOException {
        there = BrokenPackages.start("drift", """
                __all__: {lxc: %s, package_name: app, web_server: none, package_dir: ., app_user: root}
                lxc: {deploy: [deb-deploy]}
                hooked: {deploy: [deb-deploy, {run: "echo compiled > '/usr/share/app/code of it'"}]}
                """);
        there.well("deb-deploy", "lxc", next().toString());
    }

    @AfterAll
    static void stop() {
        there.close();
    }

    /** Each begins with a release that nobody has touched. */
    @BeforeEach
    void untouched() throws IOException {
        Lab.run(there.inside(), "rm -rf /etc/systemd/system/app.service.d; echo a > /etc/app.conf");
        there.well("deb-deploy", "lxc", next().toString(), "--overwrite-drift");
        assertTrue(status().contains("\"packages\":\"ok\""), status());
    }

    /** Its own postinst changes one of its files. */
    private static BrokenPackages.Deb coming() {
        return there.deb("app", ++number + ".0").with(CODE, "code " + number + "\n")
                .with("/usr/share/app/stamp", "none\n")
                .conffile("/etc/app.conf", "a\n").unit("app.service", "[Service]\nExecStart=/bin/sleep 1d\n")
                .script("postinst", "date > /usr/share/app/stamp");
    }

    private static Path next() throws IOException {
        return coming().build();
    }

    private static String status() {
        return there.run("status", "lxc", "--json").out();
    }

    private static void edit(String text) {
        // Times of files are no finer than the kernel's clock.
        Lab.run(there.inside(), "sleep 0.05; printf '%s\\n' \"$1\" > '" + CODE + "'", text);
    }

    private static String code() {
        return there.ask("cat '" + CODE + "'");
    }

    @Test
    void whatAReleaseWouldOverwriteIsRefused() throws IOException {
        edit("hot fix");
        assertTrue(status().contains("\"packages\":\"changed on the host: " + CODE + "\""), status());
        var next = next();
        var before = there.everything();

        var plan = there.run("deploy", "lxc", "--plan");
        var refused = there.ends(3, "deb-deploy", "lxc", next.toString());

        assertTrue(plan.out().matches("(?s).*drift " + CODE + " +edited on the host, and lost.*"), plan.toString());
        assertTrue(refused.err().contains(": edited there, and lost with " + number + ".0: " + CODE + "\n"),
                refused.err());
        assertTrue(refused.err().contains("try: jbang deb-deploy@dragonfab lxc " + next + " --overwrite-drift"),
                refused.err());
        assertEquals(before, there.everything());
        assertEquals("hot fix", code());
        var anyway = there.ends(0, "deb-deploy", "lxc", next.toString(), "--overwrite-drift");
        assertTrue(anyway.err().contains("edited there, and lost"), anyway.toString());
        assertEquals("code " + number, code());
    }

    @Test
    void whatTheReleaseBringsItselfIsNotLost() throws IOException {
        edit("code " + (number + 1));

        there.well("deb-deploy", "lxc", next().toString());
    }

    @Test
    void whatTheReleaseNoLongerHasWouldBeLostToo() throws IOException {
        edit("hot fix");

        there.ends(3, "deb-deploy", "lxc", there.deb("app", ++number + ".0").build().toString());
    }

    @Test
    void whatStaysIsShown() throws IOException {
        Lab.run(there.inside(), """
                mkdir -p /etc/systemd/system/app.service.d
                echo '[Service]' > /etc/systemd/system/app.service.d/memory.conf
                echo b > /etc/app.conf
                rm -f '/usr/share/app/code of it'
                """);
        var next = next();
        var plan = there.ends(0, "deploy", "lxc", "--plan");

        var deployed = there.ends(0, "deb-deploy", "lxc", next.toString());

        assertTrue(
                plan.out().matches("(?s).*drift /etc/systemd/system/app.service.d/memory.conf +made on the host: stays"
                        + ".*"),
                plan.out());
        assertTrue(plan.out().matches("(?s).*drift " + CODE + " +deleted on the host: comes back.*"), plan.out());
        assertTrue(deployed.out().contains("changed there, and stays: /etc/app.conf, "
                + "/etc/systemd/system/app.service.d/memory.conf"), deployed.out());
        assertTrue(deployed.out().contains("deleted there, and comes back"), deployed.out());
        assertEquals("b", there.ask("cat /etc/app.conf"));
        assertEquals("code " + number, code());
        assertTrue(status().contains("changed on the host: /etc/app.conf"), status());
    }

    @Test
    void goingBackAndHealingAreNeverRefused() {
        edit("hot fix");

        there.well("heal", "lxc");
        assertEquals("hot fix", code());
        there.well("rollback", "lxc");
        assertTrue(code().matches("code [0-9]+"), code());
    }

    /** As when messages are compiled by each deploy, also by one that has nothing to install. */
    @Test
    void whatTheDeployItselfChangedIsNobodysEdit() throws IOException {
        next();
        there.well("deploy", "hooked");
        assertEquals("compiled", code());
        assertTrue(status().contains("\"packages\":\"ok\""), status());
        there.well("deploy", "hooked");
        next();
        there.well("deploy", "hooked");

        there.well("deb-deploy", "lxc", next().toString());
    }

    /** As after a restore of the whole machine: the times of all files are new. */
    @Test
    void newTimesAloneAreNoEdit() throws IOException {
        Lab.run(there.inside(), "sleep 0.05; cd /usr/share/app; touch *; chmod 755 .");

        there.well("deb-deploy", "lxc", next().toString());
    }

    @Test
    void withoutAMarkOfOursEachFileIsCompared() throws IOException {
        Lab.run(there.inside(), "rm /var/lib/dragonfab/app/installed; cd /usr/share/app; echo none > stamp");
        edit("hot fix");
        var refused = there.ends(3, "deb-deploy", "lxc", next().toString());

        assertTrue(refused.err().contains(CODE), refused.err());
        assertFalse(refused.err().contains("stamp"), refused.err());
    }
}
