package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deploy of four hosts in batches, and what becomes of the others when some fail. */
class RollingTest {
    static final String TARGET = "http-ask http://www.test/up '' www.test:80:localhost:80";
    static final String HERE = "http-ask http://www.test/up '' ''";

    @TempDir
    Path packages;

    FourHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new FourHosts(packages);
    }

    @Test
    void eachBatchIsWellBeforeTheNextBegins() {
        var launch = hosts.deploy("batch: [1, 30%, 100%]");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals(List.of("staging: batch 1 of 3: a.test", "install a.test", "well a.test",
                "staging: batch 2 of 3: b.test", "install b.test", "well b.test",
                "staging: batch 3 of 3: c.test, d.test"), FourHosts.course(launch).subList(0, 7));
        FourHosts.NAMES.forEach(host -> assertTrue(hosts.confirmed(host), hosts.world.changes()));
    }

    @Test
    void thoseOfAnotherReleaseComeFirst() {
        hosts.before.put("c.test", "0.9");

        var launch = hosts.deploy("batch: 1");

        assertTrue(launch.out().contains("batch 1 of 4: c.test\n"), launch.out());
        assertTrue(launch.out().contains("batch 2 of 4: a.test\n"), launch.out());
    }

    @Test
    void thoseThatAreNotWellComeFirst() {
        for (var host : FourHosts.NAMES) {
            var answer = host.equals("d.test") ? "503\n" : "200\n";
            hosts.world.at(host).answering("http-ask http://localhost/up '' ''", answer);
            hosts.world.here().answering("http-ask http://" + host + "/up '' ''", answer);
        }
        var launch = hosts.deploy("batch: 1, health: /up, health_timeout: 1");

        assertTrue(launch.out().contains("batch 1 of 4: d.test\n"), launch.out() + launch.err());
    }

    @Test
    void theFirstBatchesAreToldThatWeLiveBeforeEachOther() {
        hosts.deploy("batch: 1");

        assertEquals(6, hosts.changes("a.test").lines()
                .filter("$ [root] rollback-extend /var/lib/dragonfab/app ID"::equals).count(), hosts.changes("a.test"));
        assertFalse(hosts.changes("d.test").contains("rollback-extend"));
    }

    @Test
    void aFailureTakesAllBackAndTouchesNoFurtherBatch() {
        hosts.failing.add("b.test");
        hosts.world.at("a.test").answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.0");

        var launch = hosts.deploy("batch: 1");

        assertEquals(1, launch.exit());
        assertEquals("""
                deb-deploy: b.test: install app 1.1: exit 100
                  command: [root] package-install app 1.1 keep false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb
                  E: no
                """, withoutChecksums(launch.err()));
        assertTrue(launch.out().contains("staging: as before again: a.test, b.test; the database was not touched"),
                launch.out());
        assertTrue(hosts.wentBack("a.test") && hosts.wentBack("b.test"), hosts.world.changes());
        assertFalse(hosts.touched("c.test"), hosts.world.changes());
    }

    @Test
    void withStopTheGoodStayTheBadGoBackAndTheRestIsUntouched() {
        hosts.failing.add("b.test");

        var launch = hosts.deploy("batch: 1, on_failure: stop");

        assertEquals(4, launch.exit());
        assertEquals("""
                deb-deploy: b.test: install app 1.1: exit 100
                  command: [root] package-install app 1.1 keep false /var/lib/dragonfab/app/packages/app_1.1_all.SUM.deb
                  E: no
                deb-deploy: staging: 3 of 4 targets do not have the release: b.test, c.test, d.test
                  b.test: install app 1.1: exit 100
                  c.test: was not begun
                  d.test: was not begun
                try: jbang deb-deploy@dragonfab staging --resume
                """, withoutChecksums(launch.err()));
        assertTrue(hosts.confirmed("a.test") && !hosts.wentBack("a.test"), hosts.world.changes());
        assertTrue(hosts.wentBack("b.test") && !hosts.confirmed("b.test"), hosts.world.changes());
        assertFalse(hosts.touched("c.test"), hosts.world.changes());
    }

    @Test
    void severalFailuresOfABatchAreToldEachAndNamedInOneLine() {
        hosts.failing.add("a.test");
        hosts.failing.add("b.test");

        var launch = hosts.deploy("batch: 2");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("deb-deploy: a.test: install app 1.1: exit 100\n"), launch.err());
        assertTrue(launch.err().endsWith("deb-deploy: staging: 2 of 4 hosts failed: a.test (install app 1.1: exit 100),"
                + " b.test (install app 1.1: exit 100)\n"), launch.err());
    }

    @Test
    void withStopAFailureOfTheFirstLeavesAllAsItWas() {
        hosts.failing.add("a.test");

        var launch = hosts.deploy("batch: 1, on_failure: stop");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("deb-deploy: staging: no target has the release\n"), launch.err());
        assertTrue(hosts.wentBack("a.test"), hosts.world.changes());
    }

    @Test
    void withContinueTheOthersGoOn() {
        hosts.failing.add("b.test");

        var launch = hosts.deploy("batch: 1, on_failure: continue");

        assertEquals(4, launch.exit());
        assertTrue(launch.err().endsWith("""
                deb-deploy: staging: 1 of 4 targets do not have the release: b.test
                  b.test: install app 1.1: exit 100
                try: jbang deb-deploy@dragonfab staging --resume
                """), launch.err());
        assertTrue(hosts.wentBack("b.test"), hosts.world.changes());
        List.of("a.test", "c.test", "d.test").forEach(host -> assertTrue(hosts.confirmed(host), hosts.world.changes()));
    }

    @Test
    void whenMoreFailThanMayItStops() {
        hosts.failing.add("a.test");
        hosts.failing.add("b.test");

        var launch = hosts.deploy("batch: 1, on_failure: continue, max_failures: 1");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("c.test: was not begun"), launch.err());
        assertFalse(hosts.touched("c.test"), hosts.world.changes());
    }

    @Test
    void aHostThatCannotBeToldIsNamedWithWhatToLookAt() {
        hosts.failing.add("b.test");
        hosts.world.at("b.test").answering(FourHosts.BACK, 1, "", "disk full\n")
                .losing("[root] lock-facts /var/lib/dragonfab/app", "broken pipe");

        var launch = hosts.deploy("on_failure: continue");

        assertEquals(4, launch.exit());
        assertTrue(launch.err().endsWith("try: jbang status@dragonfab staging --host b.test\n"
                + "then: jbang deb-deploy@dragonfab staging --resume\n"), launch.err());
    }

    /** The lock is lost, and the target has neither a rollback nor an intent of this deploy. */
    @Test
    void aHostThatHasNothingOfThisDeployAnyMoreIsAsBefore() {
        hosts.failing.add("b.test");
        hosts.world.at("b.test").answering(FourHosts.BACK, 75, "", "this deploy does not hold the lock any more\n")
                .answering("[root] lock-facts /var/lib/dragonfab/app", "owner {}");

        var launch = hosts.deploy("on_failure: continue");

        assertTrue(launch.err().endsWith("try: jbang deb-deploy@dragonfab staging --resume\n"), launch.err());
        assertTrue(launch.out().contains("it had gone back by itself"), launch.out());
    }

    @Test
    void aRollbackGoesToOneReleaseOnAllHosts() {
        for (var host : FourHosts.NAMES) {
            var version = host.equals("c.test") ? "0.8" : "0.9";
            hosts.journals.put(host, "kept other app_" + version + "_all.deb\n"
                    + FourHosts.entry("2", "2026-02-01", version, "other", "deployed"));
            hosts.world.at(host)
                    .answering("[root] package-ready kept false /var/lib/dragonfab/app/packages/app_" + version
                            + "_all.deb", "");
        }

        var launch = hosts.run("rollback", "web_server: none");

        assertEquals(3, launch.exit());
        assertEquals("""
                rollback: staging: the hosts would go back to different releases: name one that all of them keep
                  a.test: would go to 0.9, keeps 0.9, 1.0
                  b.test: would go to 0.9, keeps 0.9, 1.0
                  c.test: would go to 0.8, keeps 0.8, 1.0
                  d.test: would go to 0.9, keeps 0.9, 1.0
                try: jbang releases@dragonfab staging
                """, launch.err());
        assertEquals("", hosts.world.changes());
    }

    @Test
    void anUnreachableHostKeepsAllFromBeginning() {
        hosts.world.unreachable("c.test", Failure.failed("c.test", "cannot be reached"));

        for (var mode : List.of("rollback_all", "stop")) {
            var launch = hosts.deploy("on_failure: " + mode);

            assertEquals(1, launch.exit());
            assertEquals("", hosts.world.changes());
        }
    }

    @Test
    void withContinueItIsLeftOutAndNamed() {
        hosts.world.unreachable("c.test", Failure.failed("c.test", "cannot be reached"));

        var launch = hosts.deploy("on_failure: continue");

        assertEquals(4, launch.exit());
        assertTrue(launch.err().endsWith("""
                deb-deploy: staging: 1 of 4 targets do not have the release: c.test
                  c.test: cannot be reached
                try: jbang deb-deploy@dragonfab staging --resume
                """), launch.err());
        assertTrue(hosts.confirmed("d.test"), hosts.world.changes());
    }

    @Test
    void moreUnreachableHostsThanMayFailKeepAllFromBeginning() {
        hosts.world.unreachable("b.test", Failure.failed("b.test", "cannot be reached"));
        hosts.world.unreachable("c.test", Failure.refused("c.test", "the host key has changed"));

        var launch = hosts.deploy("on_failure: continue, max_failures: 1");

        assertEquals(1, launch.exit());
        assertEquals("""
                deb-deploy: b.test: cannot be reached
                deb-deploy: c.test: the host key has changed
                deb-deploy: staging: 2 of 4 targets failed, and max_failures is 1
                  b.test: cannot be reached
                  c.test: the host key has changed
                """, launch.err());
        assertEquals("", hosts.world.changes());
    }

    @Test
    void aHostThatCannotTakeThePackageIsLeftOutBeforeAnythingChangesThere() {
        hosts.world.at("c.test").answering("[root] package-facts app", "architecture amd64\nrunning 0.8\n");

        var launch = hosts.deploy("on_failure: continue");

        assertEquals(4, launch.exit());
        assertTrue(launch.err().contains("c.test: app 0.8 was not installed by us"), launch.err());
        assertTrue(hosts.confirmed("a.test") && !hosts.touched("c.test"), hosts.world.changes());
    }

    @Test
    void thoseOfLaterBatchesAreToldThatWeLiveOnceTheyAreArmed() {
        var launch = hosts.run("deploy", "batch: 1, deploy: [{run: prepare}, deb-deploy]");

        assertEquals(0, launch.exit(), launch.err());
        var beforeItsOwnBatch = hosts.changes("d.test").split(java.util.regex.Pattern.quote(FourHosts.INSTALL))[0];
        assertTrue(beforeItsOwnBatch.contains("rollback-extend"), hosts.changes("d.test"));
    }

    @Test
    void theStepsThatFollowAreForThoseThatHaveTheRelease() {
        hosts.failing.add("b.test");

        var launch = hosts.run("deploy", "batch: 1, on_failure: stop, deploy: [deb-deploy, {run: warm up}]");

        assertEquals(4, launch.exit());
        assertTrue(launch.err().endsWith("try: jbang deploy@dragonfab staging --resume\n"), launch.err());
        assertTrue(hosts.changes("a.test").contains("$ sh -c 'warm up'\n"), hosts.world.changes());
        assertFalse(hosts.changes("b.test").contains("warm up") || hosts.changes("c.test").contains("warm up"),
                hosts.world.changes());
    }

    @Test
    void aMigrationIsNotBegunWhileSomeoneKeepsTheReleaseBefore() {
        hosts.failing.add("b.test");
        for (var host : List.of("a.test", "c.test", "d.test")) {
            hosts.world.at(host).answering(FourHosts.VERSION, "1.0");
        }
        var launch = hosts.run("deploy",
                "on_failure: continue, db_migrate: migrate-it, deploy: [deb-deploy, db-migrate]");

        assertEquals(1, launch.exit());
        assertTrue(launch.err().endsWith("""
                deploy: staging: a migration would change the schema, and b.test would keep the release before
                  b.test: install app 1.1: exit 100
                try: name with --host those that there are
                """), launch.err());
        assertFalse(hosts.changes("a.test").contains("migrate-it"), hosts.changes("a.test"));
        FourHosts.NAMES.forEach(host -> assertTrue(hosts.wentBack(host), hosts.world.changes()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | the migration of a first release had begun, and there is no release before it: mend it and deploy again",
        "1.0 | the migration had begun, so the release before was not brought back: mend it and deploy again;"
                + " no dump was made before it, as dump_before_migrate: true would"})
    void aMigrationThatBrokeNamesNoDumpThatWasNotMade(String before, String remedy) {
        hosts.list = "[a.test]";
        hosts.before.put("a.test", before);
        hosts.world.at("a.test").answering("[root] step /var/lib/dragonfab/app ID 'migrate the database: migrate-it'"
                + " 'runuser -u www-data -- app-command - /usr/share/app migrate-it'", 1, "", "no\n");

        var launch = hosts.run("deploy", "db_migrate: migrate-it, deploy: [deb-deploy, db-migrate]");

        assertEquals(4, launch.exit(), launch.out() + launch.err() + hosts.changes("a.test"));
        assertTrue(launch.err().endsWith(remedy + "\n"), launch.err() + hosts.changes("a.test"));
        assertFalse(launch.err().contains("db-push"), launch.err());
    }

    @Test
    void aLookThatAnyOfThemMayAnswerWaitsForTheLast() {
        FourHosts.NAMES.forEach(host -> hosts.world.at(host).answering(TARGET, "200\n1.0").answering(TARGET, "200\n1.0")
                .answering(TARGET, "200\n1.1"));
        for (var host : FourHosts.NAMES) {
            hosts.world.here().answering(HERE, "200\n1.0 as before the change of " + host);
        }
        hosts.world.here().answering(HERE, "200\n1.1");

        var launch = hosts.deploy("batch: [1, 100%], url: \"http://www.test\", health_timeout: 1,"
                + " health: {url: /up, contains: \"${version}\"}");

        assertEquals(0, launch.exit(), launch.err());
    }

    /** Of kept packages, whose names have them. */
    private static String withoutChecksums(String text) {
        return text.replaceAll("_all\\.[0-9a-f]{16}\\.deb", "_all.SUM.deb");
    }
}
