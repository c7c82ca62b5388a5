import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.Launch;
import dragonfab.ScriptedWorld;
import dragonfab.ops.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebDeployTest {
    static final String INSTALL = "[root] step /var/lib/dragonfab/app ID 'install app 1.1' 'package-install app 1.1 keep"
            + " false /var/lib/dragonfab/app/packages/app_1.1_all.deb'";

    @TempDir
    Path packages;

    final ScriptedWorld world = new ScriptedWorld();

    @BeforeEach
    void aPackage() throws IOException {
        Files.writeString(packages.resolve("app_1.1_all.deb"), "a package");
    }

    @Test
    void bringsInstallsProvesAndWritesDown() {
        released("1.0");
        world.at("app.test").answering("dpkg-query -W -f '${Version}' app", "1.1");

        var launch = deploy();

        assertEquals("""
                changed    app.test: upload app_1.1_all.deb
                changed    app.test: install app 1.1
                unchanged  app.test: see that the services of app run
                2 changed, 1 unchanged
                """, launch.out() + launch.err());
        assertEquals(0, launch.exit());
        var deeds = world.at("app.test").deeds();
        assertEquals("""
                $ [root] way-back-arm /var/lib/dragonfab/app ID 2400 'rolled back' 'package-repair app /var/lib/dragonfab/\
                app/packages/app_1.0_all.deb &&
                package-install app 1.0 keep false /var/lib/dragonfab/app/packages/app_1.0_all.deb &&
                maintenance-restore app nginx /var/lib/dragonfab/app/way-back/site'
                $ [root] journal-append /var/lib/dragonfab/app INTENT
                $ INSTALL
                $ [root] way-back-confirm /var/lib/dragonfab/app ID OUTCOME
                """.replace("INSTALL", INSTALL), deeds.substring(deeds.indexOf("$ [root] way-back-arm"))
                .replaceAll("'\\{\"event\":\"intent\".*", "INTENT").replaceAll("'\\{\"event\":\"outcome\".*", "OUTCOME"));
    }

    @Test
    void hasNothingToDoWhereTheSameRuns() {
        runsAlready("app.test");

        var launch = deploy();

        assertEquals("""
                unchanged  app.test: upload app_1.1_all.deb: it is there already
                unchanged  app.test: install app 1.1: it runs already
                unchanged  app.test: see that the services of app run
                3 unchanged
                """, launch.out() + launch.err());
        assertEquals("", world.deeds());
        assertEquals(List.of("lock"), world.at("app.test").exchanges(), "facts and services come with the lock");
    }

    @Test
    void aServiceThatDoesNotRunIsWaitedForAlsoWhereNothingIsToBeDone() {
        runsAlready("app.test");
        world.at("app.test").answering("[root] package-services app", 0, "app.service is activating (success)\n", "")
                .answering("[root] package-services app", "");

        assertEquals(0, deploy().exit());
        assertEquals(List.of("lock", "[root] package-services app"), world.at("app.test").exchanges());
    }

    @Test
    void allLocksAreTakenAtOnceUnlessOneIsInOtherHands() {
        runsAlready("app.test");
        runsAlready("other.test");
        assertEquals(0, deployToTwo().exit());
        assertEquals(List.of("lock"), world.at("other.test").exchanges());

        world.at("other.test").lockedBy("{}");
        assertEquals(0, deployToTwo().exit());
        assertEquals(List.of("lock", "lock", "lock"), world.at("app.test").exchanges(), "let go of, and taken first");
        assertEquals(List.of("lock", "lock", "lock"), world.at("other.test").exchanges());
    }

    private void runsAlready(String place) {
        var sum = Checksum.of(packages.resolve("app_1.1_all.deb"));
        facts(place, "installed ii |1.1\nkept " + sum + " app_1.1_all.deb\n"
                + "journal {\"event\":\"intent\",\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"deploy\","
                + "\"version\":\"1.1\",\"commit\":\"\",\"files\":[],\"checksums\":[],\"by\":\"me\"}\n"
                + "journal {\"event\":\"outcome\",\"id\":\"1\",\"outcome\":\"done\"}");
    }

    @Test
    void aDryRunChangesNothing() {
        released("1.0");

        assertEquals(0, deploy("-n").exit());
        assertEquals("", world.deeds());
    }

    @Test
    void saysWhereAndWhyAnInstallFailed() {
        released("1.0");
        world.at("app.test").answering("dpkg-query -W -f '${Version}' app", "1.0")
                .answering(INSTALL, 100, "", "E: Could not get lock\n");

        var launch = deploy();

        assertEquals(1, launch.exit());
        assertEquals("""
                deb-deploy: app.test: install app 1.1: exit 100
                  command: [root] package-install app 1.1 keep false /var/lib/dragonfab/app/packages/app_1.1_all.deb
                  E: Could not get lock
                """, launch.err());
    }

    @Test
    void oneTargetWithoutAWayBackKeepsAllFromBeginning() {
        released("1.0");
        world.at("other.test").answering("[root] package-facts app", "architecture amd64\ninstalled ii |0.9\n");

        var launch = deployToTwo();

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("other.test: app 0.9 was not installed by us"), launch.err());
        assertTrue(world.deeds().lines().noneMatch(line -> line.contains("way-back") || line.contains("step")),
                world.deeds());
    }

    @Test
    void aPackageForAnotherMachineIsRefused() throws IOException {
        Files.move(packages.resolve("app_1.1_all.deb"), packages.resolve("app_1.1_arm64.deb"));
        facts("installed ii |1.0");

        var launch = deploy();

        assertEquals(3, launch.exit());
        assertEquals("deb-deploy: app.test: app 1.1 is for arm64, and this machine is amd64\n", launch.err());
        assertEquals("", world.deeds());
    }

    /** That version runs, and could be had back. */
    private void released(String version) {
        var file = "app_" + version + "_all.deb";
        facts("installed ii |" + version + "\nkept sum " + file + "\n"
                + "journal {\"event\":\"intent\",\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"deploy\","
                + "\"version\":\"" + version + "\",\"commit\":\"\",\"files\":[\"" + file + "\"],\"checksums\":[\"sum\"],"
                + "\"by\":\"me\"}\njournal {\"event\":\"outcome\",\"id\":\"1\",\"outcome\":\"done\"}");
        world.at("app.test").answering("[root] apt-get -s -q --allow-downgrades --no-remove install "
                + "/var/lib/dragonfab/app/packages/" + file, "").answering("[root] package-services app", "");
    }

    private void facts(String more) {
        facts("app.test", more);
    }

    private void facts(String place, String more) {
        world.at(place).answering("[root] package-facts app", "architecture amd64\n" + more + "\n");
    }

    private Launch deployToTwo() {
        return Launch.of("""
                environments:
                  staging: {hosts: [app.test, other.test], package_name: app, package_dir: %s}
                """.formatted(packages), new DebDeploy(), world, "staging");
    }

    private Launch deploy(String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of("staging"));
        words.addAll(java.util.List.of(options));
        return Launch.of("""
                environments:
                  staging: {hosts: app.test, package_name: app, package_dir: %s}
                """.formatted(packages), new DebDeploy(), world, words.toArray(String[]::new));
    }
}
