package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.SmallDeb;
import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.report.Failure;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebDeployTest {
    static final String THERE = "/var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb";

    @TempDir
    Path packages;

    final ScriptedConnector world = new ScriptedConnector();

    @BeforeEach
    void aPackage() throws IOException {
        SmallDeb.write(packages.resolve("app_1.1_all.deb"), "a package");
    }

    @Test
    void bringsInstallsProvesAndWritesDown() {
        released("1.0");
        world.at("app.test").answering("package-running app", "1.1");

        var launch = deploy();

        assertEquals("""
                changed    app.test: upload app_1.1_all.deb
                changed    app.test: install app 1.1
                unchanged  app.test: see that the services of app run
                2 changed, 1 unchanged
                """, launch.out() + launch.err());
        assertEquals(0, launch.exit());
        var changes = world.at("app.test").changes();
        assertEquals("""
                $ [root] rollback-arm /var/lib/dragonfab/app ID 2400 'rolled back' 'package-restore app 1.0 sum back \
                '\\''package-services app failing'\\'' '\\''package-repair app FILE'\\'' \
                '\\''package-install app 1.0 keep false FILE'\\'' FILE &&
                maintenance-restore app nginx /var/lib/dragonfab/app/rollback/site' 'package-fingerprint app' \
                'package-services app failing'
                $ [root] journal-intent /var/lib/dragonfab/app ID INTENT
                $ INSTALL
                $ [root] rollback-confirm /var/lib/dragonfab/app ID OUTCOME
                $ [root] package-accept app /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb
                """.replace("INSTALL", FourHosts.INSTALL)
                .replace("FILE", "/var/lib/dragonfab/app/packages/app_1.0_all.deb"),
                changes.substring(changes.indexOf("$ [root] rollback-arm"))
                        .replaceAll("'\\{\"event\":\"intent\".*", "INTENT")
                        .replaceAll("'\\{\"event\":\"outcome\".*", "OUTCOME"));
    }

    @ParameterizedTest
    @CsvSource({"8, is a package without control.tar", "0, is no Debian package", "2180, is a package without data.tar",
        "2245, is no whole package: it ends within data.tar"})
    void whatIsNoPackageNeverTravels(int length, String reason) throws IOException {
        var file = packages.resolve("app_1.1_all.deb");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
        released("1.0");

        var launch = deploy();

        assertEquals(2, launch.exit());
        assertEquals("deb-deploy: " + file + ": " + reason + "\n", launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void saysOfAPackageThatNothingStartsIt() {
        world.at("app.test").answering("package-running app", "1.1").answering(FourHosts.READY, "starts nothing\n");
        released("1.0");

        var launch = deploy();

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains(
                "unchanged  app.test: see what runs of app: it brings nothing that starts\n"), launch.out());
        assertTrue(
                (launch.out() + launch.err()).contains("app.test: app brings no unit, and nothing for init, cron or a"
                        + " web server: nothing starts it; a unit is debian/app.service, and what else runs it is named under"
                        + " services\n"),
                launch.out() + launch.err());
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
        assertEquals("", world.changes());
        assertEquals(List.of("lock"), world.at("app.test").exchanges(), "facts and services come with the lock");
    }

    @Test
    void whereNothingIsToBeDoneTheSiteIsNotClosed() {
        runsAlready("app.test");

        var launch = closing();

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("", world.changes());
        assertTrue(launch.out().contains("the site stays open until there is something to change"), launch.out());
    }

    @Test
    void itIsClosedBeforeTheFirstChange() {
        released("1.0");
        world.at("app.test").answering("package-running app", "1.1");

        closing("maintenance", "maintenance", "live");

        var changes = world.changes();
        assertTrue(changes.indexOf("rollback-arm") < changes.indexOf("maintenance-close")
                && changes.indexOf("maintenance-close") < changes.indexOf("package-install app 1.1"), changes);
    }

    /** @param shown what visitors are seen to get, after the first look that finds it live */
    private Launch closing(String... shown) {
        for (var seen : Stream.concat(Stream.of("live"), Stream.of(shown)).toList()) {
            world.at("app.test").answering("[root] maintenance-facts app nginx ''", "server yes\n"
                    + "site\tyes\town\t/etc/nginx/site.conf:3\tapp.test\t\nshown " + seen + " http answers 200\n");
        }
        return Launch.of("""
                environments:
                  staging:
                    hosts: app.test
                    package_name: app
                    package_dir: %s
                    deploy: [web-mode maintenance, deb-deploy, web-mode live]
                """.formatted(packages), "deploy", world, "staging");
    }

    @Test
    void whatOthersLeftHalfDoneIsRefusedBeforeAnythingTravels() {
        facts("running 1.0\nbroken other half-configured");

        var launch = deploy();

        assertEquals(3, launch.exit());
        assertEquals("""
                deb-deploy: app.test: dpkg has not finished with others, and nothing can be installed before: \
                other half-configured
                try: jbang run@dragonfab staging --sudo -- sh -c 'dpkg --force-confdef --force-confold --configure -a; \
                apt-get -y -f install'
                """, launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void aServiceThatDoesNotRunIsWaitedForAlsoWhereNothingIsToBeDone() {
        runsAlready("app.test");
        world.at("app.test")
                .answering("[root] package-services app failing", 0, "app.service is activating (success)\n", "")
                .answering("[root] package-services app failing", "");

        assertEquals(0, deploy().exit());
        assertEquals(List.of("lock", "[root] package-services app failing"), world.at("app.test").exchanges());
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

    @Test
    @Timeout(20)
    void oneThatCannotBeReachedLeavesTheOthersUnlocked() throws InterruptedException {
        runsAlready("app.test");
        world.unreachable("other.test", Failure.failed("other.test", "cannot be reached"));

        assertEquals(1, deployToTwo().exit());
        assertEquals(List.of("lock"), world.at("app.test").exchanges(), "asked for as soon as it was reached");
        assertEquals("", world.changes());
        while (world.at("app.test").isHeld()) {
            Thread.sleep(10);
        }
    }

    private void runsAlready(String place) {
        var sum = Checksum.of(packages.resolve("app_1.1_all.deb"));
        facts(place, "running 1.1\nkept " + sum + " app_1.1_all.deb\n"
                + "journal {\"event\":\"intent\",\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"deploy\","
                + "\"version\":\"1.1\",\"commit\":\"\",\"files\":[\"app_1.1_all.deb\"],\"checksums\":[\"" + sum
                + "\"],\"by\":\"me\"}\n"
                + "journal {\"event\":\"outcome\",\"id\":\"1\",\"outcome\":\"done\"}");
    }

    @Test
    void aDryRunChangesNothing() {
        released("1.0");

        assertEquals(0, deploy("-n").exit());
        assertEquals("", world.changes());
    }

    @Test
    void saysWhereAndWhyAnInstallFailed() {
        released("1.0");
        world.at("app.test").answering("package-running app", "1.0")
                .answering(FourHosts.INSTALL, 100, "", "E: Could not get lock\n");

        var launch = deploy();

        assertEquals(1, launch.exit());
        assertEquals("""
                deb-deploy: app.test: install app 1.1: exit 100
                  command: [root] package-install app 1.1 keep false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb
                  E: Could not get lock
                """, launch.err().replaceAll("_all\\.[0-9a-f]{16}\\.deb", "_all.SUM.deb"));
    }

    @Test
    void oneTargetWithoutARollbackKeepsAllFromBeginning() {
        released("1.0");
        world.at("other.test").answering("[root] package-facts app", "architecture amd64\nrunning 0.9\n")
                .answering(FourHosts.READY, "");

        var launch = deployToTwo();

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("other.test: app 0.9 was not installed by us"), launch.err());
        assertTrue(world.changes().lines().noneMatch(line -> line.contains("rollback") || line.contains("step")),
                world.changes());
    }

    @Test
    void aPackageForAnotherMachineIsRefused() throws IOException {
        Files.delete(packages.resolve("app_1.1_all.deb"));
        SmallDeb.write(packages.resolve("app_1.1_arm64.deb"), "a package");
        facts("running 1.0");

        var launch = deploy();

        assertEquals(3, launch.exit());
        assertEquals("deb-deploy: app.test: app 1.1 is for arm64, and this machine is amd64\n", launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void whatIsLargeIsMadeThereOfTheOlderPackage() throws IOException {
        large("rsync yes\n");
        world.here().answering(give(), 0, "rsync --server -Ie.x . .\n",
                "sent 30000 bytes  received 12000 bytes  9.99 bytes/sec\ntotal size is 1048576  speedup is 9.9\n");

        var launch = deploy();

        assertTrue(launch.out().contains("changed    app.test: upload app_1.1_all.deb: 42 kB of 1.0 MB\n"),
                launch.out());
        assertEquals(List.of("$ [root] file-take " + THERE + " " + sum()
                + " difference /var/lib/dragonfab/app/packages/app_1.0_all.deb -Ie.x"), uploads());
    }

    @ParameterizedTest
    @CsvSource({"12,0,rsync ended with 12: the stream between the two broke",
        "12,1,rsync ended with 1", "0,137,rsync ended with 137: it was killed"})
    void allOfItGoesWhereTheDifferenceDoesNotComeAbout(int givers, int takers, String why) throws IOException {
        large("rsync yes\n");
        world.here().answering(give(), givers, "rsync --server -Ie.x . .\n", "");
        world.at("app.test").answering("[root] file-take " + THERE + " " + sum()
                + " difference /var/lib/dragonfab/app/packages/app_1.0_all.deb -Ie.x", takers, "");

        var launch = deploy();

        assertTrue(launch.out().contains("changed    app.test: upload app_1.1_all.deb: whole, for " + why + "\n"),
                launch.out());
        assertEquals("$ [root] file-take " + THERE + " " + sum() + " whole", uploads().get(1));
    }

    @Test
    void aLostConnectionIsNotTriedAgain() throws IOException {
        large("rsync yes\n");
        world.here().answering(give(), "rsync --server -Ie.x . .\n");
        world.at("app.test").losing("[root] file-take " + THERE + " " + sum()
                + " difference /var/lib/dragonfab/app/packages/app_1.0_all.deb -Ie.x", "gone");

        var launch = deploy();

        assertEquals(1, launch.exit());
        assertEquals(1, uploads().size());
        assertTrue(launch.err().contains("gone\ntry: jbang deb-deploy@dragonfab staging\n"), launch.err());
    }

    @ParameterizedTest
    @CsvSource({"0,from ,'',neighbour/whole", "1,whole, none of its addresses answers, neighbour/whole/whole"})
    void oneTargetHandsThePackageOnToTheOther(int code, String how, String trouble, String ways) throws IOException {
        large("");
        world.at("other.test").answering("[root] package-facts app", "architecture amd64\n")
                .answering("[root] package-services app failing", "")
                .answering("package-running app", "1.1");
        for (var name : List.of("app.test", "other.test")) {
            world.at(name).answering(FourHosts.READY, "")
                    .answering("[root] file-lend " + THERE + " 1800", "4000 a-word 10.0.0.1\n")
                    .answering("[root] file-take " + THERE + " " + sum() + " neighbour", code, "", trouble + "\n");
        }

        var launch = Launch.of("""
                environments:
                  staging: {hosts: [app.test, other.test], package_name: app, package_dir: %s, relay: true}
                """.formatted(packages), "deb-deploy", world, "staging");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals(ways, world.changes().lines().filter(line -> line.startsWith("$ [root] file-take"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1)).sorted().collect(Collectors.joining("/")));
        assertTrue(world.changes().contains(" neighbour\n  < ***\n"), world.changes());
        assertTrue(launch.out().lines().anyMatch(line -> line.matches("changed    \\S+: upload app_1.1_all.deb: " + how
                + ".*" + trouble)), launch.out());
    }

    @Test
    void withoutRsyncThereNothingOfItIsTried() throws IOException {
        large("");

        assertTrue(deploy().out().contains("changed    app.test: upload app_1.1_all.deb\n"));
        assertEquals(List.of("$ [root] file-take " + THERE + " " + sum() + " whole"), uploads());
    }

    /** A package of a size for which a difference is worth it, and what the target has besides. */
    private void large(String more) throws IOException {
        SmallDeb.write(packages.resolve("app_1.1_all.deb"), "x".repeat((1 << 20) - 2200));
        world.at("app.test").answering("package-running app", "1.1");
        released("1.0", more);
    }

    private String give() {
        return "rsync-give " + packages.resolve("app_1.1_all.deb")
                + " --ignore-times --timeout=1800 --no-h --info=flist0,progress2,stats1";
    }

    private String sum() {
        return Checksum.of(packages.resolve("app_1.1_all.deb"));
    }

    private List<String> uploads() {
        return world.at("app.test").changes().lines().filter(line -> line.startsWith("$ [root] file-take")).toList();
    }

    /** That version runs, and could be had back. */
    private void released(String version) {
        released(version, "");
    }

    private void released(String version, String more) {
        var file = "app_" + version + "_all.deb";
        facts(more + "running " + version + "\nkept sum " + file + "\n"
                + "journal {\"event\":\"intent\",\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"deploy\","
                + "\"version\":\"" + version + "\",\"commit\":\"\",\"files\":[\"" + file
                + "\"],\"checksums\":[\"sum\"],"
                + "\"by\":\"me\"}\njournal {\"event\":\"outcome\",\"id\":\"1\",\"outcome\":\"done\"}");
        world.at("app.test").answering("[root] package-ready kept false /var/lib/dragonfab/app/packages/"
                + file, "").answering("[root] package-services app failing", "");
    }

    private void facts(String more) {
        facts("app.test", more);
    }

    private void facts(String place, String more) {
        world.at(place).answering("[root] package-facts app", "architecture amd64\n" + more + "\n")
                .answering(FourHosts.READY, "");
    }

    private Launch deployToTwo() {
        return Launch.of("""
                environments:
                  staging: {hosts: [app.test, other.test], package_name: app, package_dir: %s}
                """.formatted(packages), "deb-deploy", world, "staging");
    }

    private Launch deploy(String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of("staging"));
        words.addAll(java.util.List.of(options));
        return Launch.of("""
                environments:
                  staging: {hosts: app.test, package_name: app, package_dir: %s}
                """.formatted(packages), "deb-deploy", world, words.toArray(String[]::new));
    }
}
