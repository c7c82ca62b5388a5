package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a person meets around a deploy: holds, refusals, following, going back by hand. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TransactionTest {
    private static ShopSite site;

    @BeforeAll
    static void start() throws Exception {
        site = ShopSite.start("hands");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void aHoldForbidsDeploysUntilItIsTakenBack() throws Exception {
        site.release(Shop.Kind.GOOD);
        ShopSite.assertWell(site.cli().run("lock", "open", "hold", "--message", "black Friday"));

        var deploy = site.cli().run("deploy", "open");

        assertEquals(3, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains("black Friday"), deploy.err());
        assertEquals("200 release 1.0", site.served());
        assertTrue(site.status().contains("deploy freeze by "), site.status());
        ShopSite.assertWell(site.cli().run("lock", "open", "release"));
        ShopSite.assertWell(site.cli().run("deploy", "open"));
    }

    @Test
    @Order(2)
    void onASaneTargetThereIsNothingToHeal() {
        var heal = site.cli().run("heal", "open");

        ShopSite.assertWell(heal);
        assertTrue(heal.out().lines().noneMatch(line -> line.startsWith("changed")), heal.toString());
    }

    @Test
    @Order(3)
    void whatNobodyCouldBringBackIsNotReplaced() throws Exception {
        Lab.run(site.inside(), "mv /var/lib/dragonfab/shop/packages/shop_2.0_all.*.deb /root");
        site.release(Shop.Kind.GOOD);

        var deploy = site.cli().run("deploy", "open");

        assertEquals(3, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains("--allow-no-rollback"), deploy.err());
        assertEquals("200 release 2.0", site.served());
        ShopSite.assertWell(site.cli().run("deploy", "open", "--allow-no-rollback"));
        assertEquals("200 release 3.0", site.served());
        Lab.run(site.inside(), "mv /root/shop_2.0_all.*.deb /var/lib/dragonfab/shop/packages/");
    }

    @Test
    @Order(4)
    void aSecondClientFollowsTheStepThatRuns() throws Exception {
        site.release(Shop.Kind.MIGRATES);
        var deploy = site.cli().start("deploy", "closed");
        var said = Collections.synchronizedList(new ArrayList<String>());

        // Between two steps there is none to follow; the migration takes longer than a question.
        while (deploy.isAlive() && said.stream().allMatch(line -> line.contains("no step runs"))) {
            site.cli().follow(said::add, "status", "open", "--follow").waitFor();
        }

        assertEquals(0, deploy.waitFor());
        assertTrue(ShopSite.await(10, () -> !said.isEmpty()));
        assertFalse(said.stream().allMatch(line -> line.contains("no step runs")), said.toString());
    }

    @Test
    @Order(5)
    void aReleaseThatMigratedIsNotLeftWithoutAWord() throws Exception {
        var refused = site.cli().run("rollback", "closed");

        assertEquals(3, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("to schema 1") && refused.err().contains("--database keep"), refused.err());
        assertEquals("200 release 4.0", site.served());

        // The release before does not know the schema, so it is not healthy, and that is taken back too.
        var rollback = site.cli().run("rollback", "closed", "--database", "keep");

        assertEquals(1, rollback.exit(), rollback.toString());
        assertEquals("200 release 4.0", site.served());
        assertEquals("", site.left());
    }

    @Test
    @Order(6)
    void aRollbackByHandGoesToTheReleaseBefore() throws Exception {
        site.release(Shop.Kind.GOOD);
        ShopSite.assertWell(site.cli().run("deploy", "open"));

        ShopSite.assertWell(site.cli().run("rollback", "open"));

        assertEquals("200 release 4.0", site.served());
        assertEquals("4.0", site.running());
        assertTrue(site.status().contains("\"journal\":\"in sync\""), site.status());
        var releases = site.cli().run("releases", "open");
        assertTrue(releases.out().lines().anyMatch(line -> line.contains("5.0") && line.contains("reverted")),
                releases.toString());
        // It was deployed twice, and runs once.
        assertEquals(1, releases.out().lines().filter(line -> line.matches(".*  true  +rollback  .*")).count(),
                releases.toString());
        assertEquals(1, releases.out().lines().filter(line -> line.contains("  true  ")).count(), releases.toString());
    }

    /** As a full disk leaves it: dpkg's audit finds nothing, and apt does nothing any more. */
    @Test
    @Order(7)
    void whatDpkgCouldNotWriteDownIsWrittenFirst() throws Exception {
        Lab.run(site.inside(), """
                dpkg -s shop > /var/lib/dpkg/updates/0001
                test -z "$(dpkg --audit)"
                if apt-get -q -y --reinstall install shop; then exit 1; fi
                """);
        site.release(Shop.Kind.GOOD);

        var heal = site.cli().run("heal", "open");

        ShopSite.assertWell(heal);
        assertTrue(heal.out().contains("finish what dpkg was interrupted at"), heal.toString());
        ShopSite.assertWell(site.cli().run("deploy", "open"));
    }

    /** It cannot go back any more, and nothing was left to do: the target looks for itself. */
    @Test
    @Order(8)
    void aMigratedReleaseThatNobodyConfirmedIsSeenToBeWellByItsTarget() throws Exception {
        var version = cutOffWhenItOpens();

        assertTrue(ShopSite.await(60, () -> site.left().isEmpty()), site.left());
        assertEquals("200 release " + version, site.served());
        assertTrue(site.status().contains("\"journal\":\"in sync\""), site.status());
    }

    @Test
    @Order(9)
    void oneThatIsNotWellIsStuckUntilItIsDeployedAgain() throws Exception {
        var version = cutOffWhenItOpens();
        Lab.run(site.inside(), "systemctl mask --quiet --now --runtime shop.service");

        assertTrue(ShopSite.await(120, () -> site.left().isEmpty()), site.left());
        assertTrue(site.status().contains("\"journal\":\"" + version + " needs attention\""), site.status());

        Lab.run(site.inside(), "systemctl unmask --quiet --runtime shop.service");
        ShopSite.assertWell(site.cli().run("deploy", "closed"));

        assertEquals("200 release " + version, site.served());
        assertTrue(site.status().contains("\"journal\":\"in sync\""), site.status());
    }

    private static String cutOffWhenItOpens() throws Exception {
        var version = site.release(Shop.Kind.MIGRATES);
        var killed = new CompletableFuture<Process>();
        killed.complete(site.cli().follow(line -> {
            if (line.contains("bring the site back")) {
                killed.join().destroyForcibly();
            }
        }, "deploy", "closed"));
        assertEquals(137, killed.join().waitFor());
        return version;
    }
}
