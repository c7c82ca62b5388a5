package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes between the first batch and the second. */
@Tag("slow")
class CanaryTest {
    @TempDir
    Path packages;

    FourHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new FourHosts(packages);
    }

    @Test
    void thePauseEndsWithAnotherLook() {
        var launch = hosts.deploy("batch: [1, 100%], canary: 1s");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("[staging: batch 1 of 2: a.test, install a.test, well a.test, well a.test,"
                + " staging: batch 2 of 2: b.test, c.test, d.test]", FourHosts.course(launch).subList(0, 5).toString());
        assertTrue(launch.out().contains("staging: watching for 1 s before the others\n"), launch.out());
    }

    @Test
    void whatGoesWrongInThePauseGoesBackBeforeTheOthersBegin() {
        hosts.world.at("a.test").answering("[root] package-services app failing", "")
                .answering("[root] package-services app failing", "")
                .answering("[root] package-services app failing", "app.service failed")
                .answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.1")
                .answering(FourHosts.VERSION, "1.0");
        for (var place : new String[] {"a.test", "b.test", "c.test", "d.test"}) {
            health(place, 4, "200\n");
        }
        hosts.world.at("a.test").answering(ask("localhost"), "500\n");

        var launch = hosts.deploy("batch: [1, 100%], canary: 1s, health: /up, health_timeout: 1");

        assertFalse(hosts.touched("b.test"), hosts.world.changes());
        assertFalse(hosts.confirmed("a.test"), launch.out());
        assertTrue(hosts.wentBack("a.test"), launch.out() + launch.err());
    }

    /** One host may fail here, and the canary is one; but nothing has proved the release then. */
    @Test
    void aReleaseThatTheCanaryCondemnedGoesNoFurtherWhateverMayFail() {
        hosts.failing.add("a.test");
        hosts.world.at("a.test").answering(FourHosts.VERSION, "1.0");

        var launch = hosts.deploy("batch: [1, 100%], canary: 1s, on_failure: continue, max_failures: 3");

        assertEquals(1, launch.exit(), launch.err());
        for (var host : FourHosts.NAMES.subList(1, 4)) {
            assertFalse(hosts.changes(host).contains("install app 1.1"), launch.out());
        }
        assertFalse(launch.out().contains("watching"), launch.out());
    }

    @Test
    void norOneThatItCondemnedInThePause() {
        for (var place : FourHosts.NAMES) {
            health(place, 3, "200\n");
        }
        hosts.world.at("a.test").answering(ask("localhost"), "500\n");
        hosts.world.at("a.test").answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.1")
                .answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.0");

        var launch = hosts.deploy("batch: [1, 100%], canary: 1s, on_failure: continue, max_failures: 3, health: /up,"
                + " health_timeout: 1");

        assertTrue(launch.exit() != 0 && launch.out().contains("watching"), launch.out());
        assertTrue(hosts.wentBack("a.test"), launch.out() + launch.err());
        for (var host : FourHosts.NAMES.subList(1, 4)) {
            assertFalse(hosts.changes(host).contains("install app 1.1"), launch.out());
        }
    }

    private void health(String host, int times, String answer) {
        for (int i = 0; i < times; i++) {
            hosts.world.at(host).answering(ask("localhost"), answer);
        }
        hosts.world.here().answering(ask(host), answer);
    }

    private static String ask(String host) {
        return "http-ask http://" + host + "/up '' ''";
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8081/", "http://127.0.0.53:8081/", "http://[::1]:8081/",
        "http://app.localhost:8081/"})
    void aLoopbackAddressIsEachTargetsOwnAndJudgesTheFirstBatch(String url) {
        for (var host : FourHosts.NAMES) {
            var question = "http-ask " + (url.contains("[") ? "'" + url + "'" : url) + " '' ''";
            hosts.world.at(host).answering(question, "200\n")
                    .answering(question, "200\n").answering(question, host.equals("a.test") ? "500\n" : "200\n");
        }
        hosts.world.at("a.test").answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.0");

        var launch = hosts.deploy("batch: [1, 100%], canary: 1s, url: 'https://www.test', health: '" + url
                + "', health_timeout: 1");

        assertTrue(launch.err().contains("a.test") && launch.err().contains("answers 500"), launch.err());
        assertFalse(hosts.touched("b.test"), hosts.world.changes());
        assertTrue(hosts.wentBack("a.test"), launch.out() + launch.err());
        assertFalse(hosts.world.here().exchanges().toString().contains("http-ask"));
    }

    @Test
    void aCanaryThatNothingJudgesIsRefusedBeforeAnythingIsTouched() {
        var shared = hosts.deploy("batch: [1, 100%], canary: 1s, url: 'https://www.test',"
                + " health: 'https://www.test/up'");

        assertEquals(3, shared.exit(), shared.out());
        assertEquals("""
                deb-deploy: staging: canary: nothing would judge a.test before the others, for any of them may answer its \
                health
                try: a health by a path such as /health/, or by an address such as http://localhost:8081/, which each \
                target is asked for
                """, shared.err());
        assertEquals("", hosts.world.changes());
        var nothing = hosts.deploy("batch: [1, 100%], canary: 1s, services: []");
        assertEquals(3, nothing.exit(), nothing.out());
        assertTrue(nothing.err().contains("for it has neither health nor services"), nothing.err());
        assertEquals("", hosts.world.changes());
    }

    @Test
    void whoeverIsThereIsAsked() {
        hosts.world.person(true);

        assertEquals(0, hosts.deploy("batch: [1, 100%], canary: ask").exit());
        assertEquals("the new release is healthy on a.test; go on with the other 3 (yes/no)? ", hosts.world.asked());
        assertTrue(hosts.confirmed("d.test"));
    }

    @Test
    void aNoTakesBackWhatWasBegun() {
        hosts.world.person(false).at("a.test").answering(FourHosts.VERSION, "1.1").answering(FourHosts.VERSION, "1.0");

        var launch = hosts.deploy("batch: [1, 100%], canary: ask, on_failure: stop");

        assertEquals(1, launch.exit());
        assertEquals("deb-deploy: staging: it went no further, as you said\n", launch.err());
        assertTrue(hosts.wentBack("a.test") && !hosts.touched("b.test"), hosts.world.changes());
    }

    @Test
    void nobodyThereToAskIsRefusedBeforeAnythingIsTouched() {
        var launch = hosts.deploy("batch: [1, 100%], canary: ask");

        assertEquals(3, launch.exit());
        assertEquals("""
                deb-deploy: staging: canary: ask, and nobody is here to ask
                try: jbang deb-deploy@dragonfab staging --yes
                """, launch.err());
        assertEquals("", hosts.world.changes());
        assertEquals(0, hosts.deploy("batch: [1, 100%], canary: ask", "--yes").exit());
    }

    @Test
    void oneBatchHasNoCanary() {
        assertEquals(0, hosts.deploy("canary: ask").exit());
    }
}
