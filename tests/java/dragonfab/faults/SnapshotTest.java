package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.SshServer;
import dragonfab.shell.Command;
import dragonfab.state.ReleaseOutcome;
import dragonfab.state.RollbackPlan;
import dragonfab.state.TargetState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code rollback: snapshot}: a bad deploy takes back all that the container has become, and a good one leaves none. */
@OnContainers
class SnapshotTest {
    private static final String LATER = "/root/later";

    private static ShopSite site;
    private String before;

    @BeforeAll
    static void start() throws Exception {
        site = ShopSite.start("whole");
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            onHolder("rm -rf \"$2\"");
            site.close();
        }
    }

    @BeforeEach
    void remember() {
        site.inside().read(Command.of("rm", "-f", LATER));
        before = site.served();
    }

    @AfterEach
    void allIsQuiet() {
        assertTrue(ShopSite.await(20, () -> site.left().isEmpty()), site.left());
        assertEquals("", onHolder("""
                [ -d "$2" ] || exit 0
                flock -n "$2/lock" true || echo locked
                flock -n "$2/step.lock" true || echo "a step runs"
                ls "$2/rollback/armed" 2>/dev/null
                lxc-snapshot -n "$1" -L | grep -v '^No snapshots'
                """));
        assertTrue(site.status().contains("\"journal\":\"in sync\""), site.status());
    }

    @Test
    void aGoodDeployStays() throws Exception {
        var version = site.release(Shop.Kind.MIGRATES);

        ShopSite.assertWell(site.cli().run("deploy", "whole"));

        assertEquals("200 release " + version, site.served());
        assertTrue(wroteLater());
    }

    @Test
    void aBadReleaseGoesBackWithTheContainer() throws Exception {
        var version = site.release(Shop.Kind.ERROR_500);

        var ran = site.cli().run("deploy", "whole");

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.out().contains("wrote since its snapshot (database, uploads, logs) is lost"), ran.toString());
        wentBack(version);
    }

    @Test
    void theSameOnAnotherHost() throws Exception {
        try (var holder = SshServer.start()) {
            var host = new String[] {"whole", "--set", "lxc_host=holder", "--set", "ssh_config=" + holder.config()};
            var version = site.release(Shop.Kind.ERROR_500);
            var ran = site.cli().run("deploy", host);
            assertEquals(1, ran.exit(), ran.toString());
            wentBack(version);

            var good = site.release(Shop.Kind.GOOD);
            ShopSite.assertWell(site.cli().run("deploy", host));
            assertEquals("200 release " + good, site.served());
        }
    }

    @Test
    void codeAndDatabaseReturnTogetherFromAMigrationThatBroke() throws Exception {
        var version = site.release(Shop.Kind.BAD_MIGRATION);

        var ran = site.cli().run("deploy", "whole");
        assertEquals(1, ran.exit(), ran.toString());
        wentBack(version);
    }

    @Test
    void whatIsCutOffGoesBackWithoutAnybody() throws Exception {
        var version = cutOffAfterTheInstall();

        assertTrue(ShopSite.await(60, () -> {
            // What the timer does every few seconds, also where the machine of the tests has no systemd.
            onHolder("sh \"$2/rollback/tick\" \"$2\"");
            return onHolder("cat \"$2/rollback/armed\"").isEmpty();
        }), onHolder("cat \"$2/rollback/log\""));

        assertTrue(ShopSite.await(30, () -> site.served().equals(before)), site.served());
        wentBack(version);
        ShopSite.assertWell(site.cli().run("heal", "whole"));
    }

    @Test
    void whatIsCutOffIsHealedByTheNextCommandAlsoHalfWay() throws Exception {
        var version = cutOffAfterTheInstall();
        // As when power fails in the middle of the restore.
        onHolder("""
                lxc-stop -k -n "$1"
                cd "/var/lib/lxc/$1"
                for snapshot in snaps/*; do cp config "$snapshot/config.whole"; done
                rm -rf config overlay rootfs
                touch partial
                """);

        ShopSite.assertWell(site.cli().run("heal", "whole"));

        wentBack(version);
    }

    @Test
    void withoutRoomForASnapshotNothingChanges() throws Exception {
        site.inside().read(Command.script(
                "fallocate -l $(($(df --output=avail -B1 / | tail -n 1) - 20000000)) /ballast"));
        site.release(Shop.Kind.GOOD);

        var ran = site.cli().run("deploy", "whole");
        site.inside().read(Command.of("rm", "-f", "/ballast"));

        assertEquals(1, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("--allow-no-rollback"), ran.toString());
        assertTrue(ShopSite.await(30, () -> site.served().equals(before)), site.served());
        assertFalse(wroteLater());
    }

    /** In the container, since the machine of the tests may have no systemd: the units are those of any holder. */
    @Test
    void theTimerOfTheHolderOutlivesAReboot() {
        var holder = new TargetState("lxc.some-container");
        var back = new RollbackPlan(List.of(Command.of("touch", "/root/back")), ReleaseOutcome.ROLLED_BACK,
                Duration.ofHours(6));
        var unit = "dragonfab-rollback-$(systemd-escape lxc.some-container).timer";
        Lab.run(site.inside(), "mkdir -p \"$1\"; exec 9>>\"$1/lock\"; flock 9; echo '{\"id\":\"1\"}' > \"$1/owner\"\n"
                + holder.arm("1", back).line() + "\nsystemctl is-enabled " + unit + "\nsleep 15\n! test -e /root/back",
                holder.folder());

        site.inside().ask(Command.of("systemctl", "reboot"));
        ShopSite.pause(3000);
        site.ready();

        assertTrue(ShopSite.await(60, () -> site.inside().ask(Command.of("test", "-e", "/root/back")).ok()));
        assertTrue(ShopSite.await(20, () -> !site.inside().ask(Command.script("systemctl is-enabled " + unit)).ok()));
        assertTrue(ShopSite.await(30, () -> site.served().equals(before)), site.served());
        site.inside().read(Command.of("rm", "-rf", "/root/back", holder.folder()));
    }

    private String cutOffAfterTheInstall() throws Exception {
        var version = site.release(Shop.Kind.ERROR_500);
        var installed = new CountDownLatch(1);
        var client = site.cli().follow(line -> {
            if (line.contains("install shop")) {
                installed.countDown();
            }
        }, "deploy", "whole");
        assertTrue(installed.await(120, TimeUnit.SECONDS));
        client.destroyForcibly().waitFor();
        assertTrue(site.cli().run("status", "whole").out().contains("armed: a deploy"));
        return version;
    }

    private void wentBack(String version) {
        assertEquals(before, site.served());
        assertFalse(wroteLater());
        var releases = site.cli().run("releases", "whole").out();
        assertTrue(
                releases.lines().anyMatch(line -> line.contains(" " + version + " ") && line.contains("rolled back")),
                releases);
    }

    private static boolean wroteLater() {
        return site.inside().ask(Command.of("test", "-e", LATER)).ok();
    }

    private static String onHolder(String script) {
        return Lab.HERE.ask(Command.script(script, site.container(), "/var/lib/dragonfab/lxc." + site.container())
                .asRoot()).out();
    }
}
