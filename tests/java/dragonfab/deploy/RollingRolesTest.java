package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of hosts with roles and values of their own. */
class RollingRolesTest {
    @TempDir
    Path packages;

    FourHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new FourHosts(packages);
        hosts.list = "{a.test: {roles: web}, b.test: {roles: web}, c.test: {roles: db}, d.test: {roles: db}}";
    }

    @Test
    void whatIsForOneOfARoleIsForOneWhoIsLeft() {
        hosts.world.unreachable("a.test", Failure.failed("a.test", "cannot be reached"));

        var launch = hosts.run("deploy",
                "on_failure: continue, deploy: [deb-deploy, {run: warm up, roles: web, once: true}]");

        assertEquals(4, launch.exit(), launch.err());
        assertTrue(hosts.changes("b.test").contains("$ sh -c 'warm up'\n"), hosts.world.changes());
        assertFalse(hosts.changes("c.test").contains("warm up"), hosts.world.changes());
    }

    @Test
    void aStepOfWhichNobodyIsLeftIsTold() {
        hosts.list = hosts.list.replace("d.test: {roles: db}", "d.test: {roles: cache}");
        hosts.world.unreachable("d.test", Failure.failed("d.test", "cannot be reached"));

        var launch = hosts.run("deploy", "on_failure: continue, deploy: [deb-deploy, {run: flush, roles: cache}]");

        assertEquals(4, launch.exit(), launch.err());
        assertTrue(launch.out().contains("staging: none of the hosts that take part has a part in it\n"), launch.out());
        assertFalse(hosts.world.changes().contains("flush"), hosts.world.changes());
    }

    @Test
    void thoseOfOtherStepsAreArmedToldThatWeLiveAndSeenToBeWell() {
        // They keep the release before.
        hosts.failing.add("a.test");
        hosts.failing.add("b.test");

        var launch = hosts.run("deploy", "deploy: [{run: close, roles: web}, {step: deb-deploy, roles: db}]");

        assertEquals(0, launch.exit(), launch.err());
        var other = hosts.changes("a.test");
        assertTrue(other.contains("rollback-arm") && other.contains("rollback-extend"), other);
        assertTrue(hosts.changes("c.test").contains("rollback-arm"), hosts.world.changes());
        assertTrue(launch.out().contains("a.test: see that the services of app run"), launch.out());
        FourHosts.NAMES.forEach(host -> assertTrue(hosts.confirmed(host), hosts.world.changes()));
    }

    @Test
    void aLookAtAHostsOwnAddressDoesNotWaitForTheOthers() {
        hosts.list = "{a.test: {url: \"http://one.test\"}, b.test: {}, c.test: {}, d.test: {}}";
        hosts.world.at("a.test").answering("http-ask http://one.test/up '' one.test:80:localhost:80", "200\n");
        hosts.world.here().answering("http-ask http://one.test/up '' ''", "200\n")
                .answering("http-ask http://one.test/up '' ''", "500\n");
        for (var host : FourHosts.NAMES) {
            hosts.world.at(host).answering("http-ask http://localhost/up '' ''", "200\n");
        }

        var launch = hosts.deploy("batch: 1, health: /up, health_timeout: 1");

        assertTrue(launch.err().contains("a.test: see that the site is healthy"), launch.out() + launch.err());
        assertTrue(hosts.wentBack("a.test") && !hosts.touched("b.test"), hosts.world.changes());
    }
}
