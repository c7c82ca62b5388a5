package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around the change of each target, wherever they run. */
class HostHooksTest {
    static final String KEYS = "batch: 1, before_host: 'drain $1', after_host: {at: lb.test, run: 'ready $1'}";

    @TempDir
    Path packages;

    FourHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new FourHosts(packages);
    }

    @Test
    void eachHostIsOutWhileItChangesAndUntilItIsWell() {
        var launch = hosts.deploy(KEYS);

        assertEquals(0, launch.exit(), launch.err());
        assertEquals(List.of("staging: batch 1 of 4: a.test", "local: before_host a.test", "install a.test",
                "well a.test", "lb.test: after_host a.test", "staging: batch 2 of 4: b.test",
                "local: before_host b.test"),
                FourHosts.course(launch).subList(0, 7));
        assertTrue(hosts.world.here().changes().startsWith("$ sh -c 'drain $1' sh a.test a.test\n"),
                hosts.world.here().changes());
        assertTrue(hosts.world.at("lb.test").changes().startsWith("$ sh -c 'ready $1' sh a.test a.test\n"),
                hosts.world.changes());
    }

    @Test
    void aHostWithNothingToDoStaysInService() {
        var sum = Checksum.of(packages.resolve("app_1.1_all.deb"));
        hosts.before.put("a.test", "1.1");
        hosts.journals.put("a.test", "kept " + sum + " app_1.1_all.deb\n"
                + FourHosts.entry("2", "2026-02-01", "1.1", sum, "deployed"));

        var launch = hosts.deploy(KEYS);

        assertEquals(0, launch.exit(), launch.err());
        assertFalse(hosts.world.here().changes().contains("a.test"), hosts.world.here().changes());
    }

    @Test
    void oneThatCannotBeTakenOutHasFailedUnchanged() {
        hosts.world.here().answering("sh -c 'drain $1' sh b.test b.test", 1, "", "still 7 sessions\n");

        var launch = hosts.deploy(KEYS + ", on_failure: continue");

        assertEquals(4, launch.exit());
        assertTrue(launch.err().contains("still 7 sessions\n"), launch.err());
        assertTrue(launch.err().contains("staging: 1 of 4 targets do not have the release: b.test\n"), launch.err());
        assertFalse(hosts.touched("b.test"), hosts.changes("b.test"));
        assertTrue(hosts.world.at("lb.test").changes().contains("b.test"), hosts.world.changes());
        assertTrue(hosts.confirmed("d.test"));
    }

    @Test
    void oneThatGoesBackIsPutIntoServiceAgain() {
        hosts.failing.add("b.test");
        hosts.world.at("a.test").answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.0");

        assertEquals(1, hosts.deploy(KEYS).exit());
        assertEquals("a.test b.test a.test", said(hosts.world.here().changes()));
        assertEquals("a.test b.test a.test", said(hosts.world.at("lb.test").changes()));
    }

    @Test
    void oneThatCannotBePutIntoServiceWentBackAndIsNamedAsOut() {
        for (int i = 0; i < 2; i++) {
            hosts.world.at("lb.test").answering("sh -c 'ready $1' sh b.test b.test", 1, "", "no such server\n");
        }
        for (var host : List.of("a.test", "b.test")) {
            hosts.world.at(host).answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.0");
        }

        var launch = hosts.deploy(KEYS);

        assertEquals(4, launch.exit(), launch.err());
        assertTrue(hosts.wentBack("b.test"), hosts.changes("b.test"));
        assertFalse(launch.err().contains("did not go back"), launch.err());
        assertTrue(
                launch.err()
                        .endsWith("try: mend after_host: b.test has gone back and is healthy, but is out of service,"
                                + " and nothing puts it back by itself\nthen: jbang heal@dragonfab staging\n"),
                launch.err());
    }

    @Test
    void oneThatIsLeftOutBecauseItStaysOutOfServiceIsNamedAsThat() {
        for (int i = 0; i < 2; i++) {
            hosts.world.at("lb.test").answering("sh -c 'ready $1' sh b.test b.test", 1, "", "no such server\n");
        }
        hosts.world.at("b.test").answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.0");

        var launch = hosts.deploy(KEYS + ", on_failure: continue");

        assertEquals(4, launch.exit(), launch.err());
        assertTrue(launch.err()
                .endsWith("try: mend after_host: b.test has gone back and is healthy, but is out of service,"
                        + " and nothing puts it back by itself\nthen: jbang heal@dragonfab staging\nthen:"
                        + " jbang deb-deploy@dragonfab staging --resume\n"),
                launch.err());
        assertTrue(hosts.confirmed("d.test"));
    }

    @Test
    void oneThatWasLeftOutOfServiceComesInAfterTheNextCommand() {
        hosts.journals.put("c.test", "journal {\"event\":\"service\",\"id\":\"2\",\"state\":\"out\"}\n");

        var launch = hosts.run("heal", KEYS);

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("c.test", said(hosts.world.at("lb.test").changes()));
        assertTrue(hosts.changes("c.test").contains("\"event\":\"service\""), hosts.changes("c.test"));
    }

    @Test
    void statusSaysWhoIsOut() {
        hosts.journals.put("c.test", "journal {\"event\":\"service\",\"id\":\"2\",\"state\":\"out\"}\n");
        FourHosts.NAMES.forEach(host -> hosts.world.at(host).answering("[root] package-drift app", "")
                .answering("[root] lock-facts /var/lib/dragonfab/app", ""));

        var launch = hosts.run("status", KEYS, "--json");

        assertEquals(List.of("c.test"), launch.out().lines().filter(line -> line.contains("out of service"))
                .map(line -> line.replaceFirst(".*\"host\":\"([^\"]*)\".*", "$1")).toList());
    }

    /** The hosts in the order of these commands. */
    private static String said(String changes) {
        return String.join(" ", changes.lines().filter(line -> line.startsWith("$ sh -c"))
                .map(line -> line.replaceFirst(".* ", "")).toList());
    }
}
