package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Before another release runs on a protected environment, somebody agrees to it. */
class ProtectedDeployTest {
    private static final String KEYS = "protected: true, web_server: none, deploy: [deb-deploy]";
    private static final String INSTALL = "install app 1.1";

    @TempDir
    Path packages;
    FourHosts hosts;

    @BeforeEach
    void fourHosts() throws IOException {
        hosts = new FourHosts(packages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "deb-deploy", "rollback"})
    void whereNobodyCanBeAskedItIsRefusedAtOnce(String script) {
        var launch = hosts.run(script, KEYS);

        assertEquals(3, launch.exit());
        assertEquals(script + ": staging: is protected, and nobody is here to ask whether to go on\n"
                + "try: jbang " + script + "@dragonfab staging --yes\n", launch.err());
        assertEquals("", hosts.world.changes());
        FourHosts.NAMES.forEach(host -> assertEquals(List.of(), hosts.world.at(host).exchanges()));
    }

    @Test
    void theOptionAnswersBeforehand() {
        assertEquals(0, hosts.run("deploy", KEYS, "--yes").exit());
        assertEquals("", hosts.world.asked());
        assertTrue(hosts.confirmed("d.test"));
    }

    @Test
    void aDryRunAsksNothing() {
        assertEquals(0, hosts.run("deb-deploy", KEYS, "-n").exit());
    }

    @Test
    void anEnvironmentThatIsNotProtectedIsNotAskedAbout() {
        hosts.world.person(false);

        assertEquals(0, hosts.run("deb-deploy", "keep_releases: 5").exit());
        assertEquals("", hosts.world.asked());
    }

    private void answersThePreview() {
        FourHosts.NAMES.forEach(host -> hosts.world.at(host).answering("[root] package-preview false app --",
                "lists fresh\nfree /usr / 900000\npackage app\nversion 1.0\nsize 10\ncode 0\n")
                .answering("[root] lock-facts /var/lib/dragonfab/app", ""));
    }

    @Test
    void thePersonIsAskedOnceWithThePlanAbove() {
        hosts.world.person(true);
        answersThePreview();
        var launch = hosts.run("deploy", KEYS);

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("staging is protected; deploy as shown above (yes/no)? ", hosts.world.asked());
        var said = launch.out();
        assertTrue(said.contains("deb-deploy  a.test, b.test, c.test, d.test"), said);
        assertTrue(said.indexOf("a.test, b.test, c.test, d.test") < said.indexOf(INSTALL), said);
        assertTrue(said.contains("installed version"), said);
        assertTrue(said.indexOf("new version") < said.indexOf(INSTALL), said);
        assertTrue(hosts.confirmed("a.test"));
    }

    @Test
    void aNoLeavesAllAsItIs() {
        hosts.world.person(false);
        answersThePreview();
        var launch = hosts.run("deploy", KEYS);

        assertEquals(3, launch.exit());
        assertTrue(launch.err().endsWith("deploy: staging: not done, as you said\n"), launch.err());
        FourHosts.NAMES.forEach(host -> assertFalse(hosts.touched(host), host));
    }

    @Test
    void aPackageAloneIsNamedInTheQuestion() {
        hosts.world.person(false);

        assertEquals(3, hosts.run("deb-deploy", KEYS).exit());
        assertEquals("staging is protected; install app 1.1 there (yes/no)? ", hosts.world.asked());
        assertEquals("", hosts.world.changes());
    }

    @Test
    void aRollbackNamesWhereItGoes() {
        hosts.world.person(false);
        FourHosts.NAMES.forEach(host -> hosts.journals.put(host,
                FourHosts.entry("2", "2026-02-01", "1.2", "other", "deployed")));
        var launch = hosts.run("rollback", KEYS, "1.0");

        assertEquals(3, launch.exit(), launch.err());
        assertEquals("staging is protected; go back as shown above (yes/no)? ", hosts.world.asked());
        assertTrue(launch.out().contains("note       c.test: goes back to 1.0\n"), launch.out());
        FourHosts.NAMES.forEach(host -> assertFalse(hosts.touched(host), host));
    }
}
