package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.report.Failure;
import dragonfab.shell.ConnectionLost;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;

/** What a monitor learns from the exit code of status. */
class StatusExitCodeTest {
    private static final String KEYS = "keep_releases: 5";

    @TempDir
    Path packages;
    FourHosts hosts;
    /** What b.test says of its lock. */
    private String lock = "";

    @BeforeEach
    void fourHosts() throws IOException {
        hosts = new FourHosts(packages);
    }

    private Launch status(String... options) {
        FourHosts.NAMES.forEach(host -> hosts.world.at(host).answering("[root] package-drift app", "")
                .answering("[root] lock-facts /var/lib/dragonfab/app", host.equals("b.test") ? lock : ""));
        return hosts.run("status", KEYS, options);
    }

    @Test
    void isNoneWhereAllAreHealthy() {
        assertEquals(0, status("--exit-code").exit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "armed 7                               | rollback: armed: a deploy is under way or was cut off",
        "unfinished yes                        | packages: half-configured: dpkg was interrupted",
        "broken other half-configured          | packages: others are unfinished: other half-configured",
        "running-checksum foreign              | journal: drift: journal has 1.0 with other bytes",
        "not-as-before /etc/app.conf           | rollback: not as before: /etc/app.conf",
        "journal {\"event\":\"service\",\"id\":\"2\",\"state\":\"out\"} | health: out of service"})
    void isFourWhereOneIsNot(String fact, String trouble) {
        hosts.journals.put("b.test", fact + "\n");
        var launch = status("--exit-code");

        assertEquals(4, launch.exit(), launch.err());
        assertEquals("status: staging: 1 of 4 targets are not healthy\n  b.test: " + trouble + "\n", launch.err());
        assertEquals(0, status().exit(), "as before without the option");
    }

    @Test
    void aServiceThatDoesNotRunIsOne() {
        hosts.world.at("c.test").answering("[root] package-services app failing", "app.service is failed (exit-code)");

        assertEquals(4, status("--exit-code").exit());
    }

    @Test
    void aDeployThatIsUnderWayIsNone() {
        hosts.journals.put("b.test", "armed 7\n");
        lock = "owner {\"id\":\"7\",\"by\":\"ann@laptop\",\"what\":\"deploy staging\"}\n";

        assertEquals(0, status("--exit-code").exit());
    }

    @Test
    void isOneWhereOneCouldNotBeAsked() {
        hosts.world.unreachable("a.test", new ConnectionLost("a.test", "connection refused by a.test:22"));

        assertEquals(1, status("--exit-code").exit());
    }

    @Test
    void isFourWhereAnotherIsUnhealthyToo() {
        hosts.world.unreachable("a.test", new ConnectionLost("a.test", "connection refused by a.test:22"));
        hosts.journals.put("b.test", "unfinished yes\n");

        assertEquals(4, status("--exit-code").exit());
    }

    /** Nobody may become root there: without the option that is a refusal. */
    @Test
    void whateverKeptUsFromAskingIsOne() {
        hosts.world.unreachable("a.test", Failure.refused("a.test", "there is no sudo there"));

        assertEquals(3, status().exit());
        assertEquals(1, status("--exit-code").exit());
    }

    @Test
    void wrongUsageStaysSo() {
        assertEquals(2, status("--exit-code", "--host", "none.test").exit());
        assertEquals(2, status("--exit-code", "--follow").exit());
    }

    @Test
    void aPackageThatNothingStartsHasNoServices() {
        hosts.journals.put("a.test", "starts nothing\n");
        var launch = status("--json", "--exit-code");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("\"host\":\"a.test\",\"release\":\"1.0\",\"journal\":\"in sync\","
                + "\"services\":\"none\""), launch.out());
        assertEquals(3, launch.out().lines().filter(line -> line.contains("\"services\":\"running\"")).count());
    }
}
