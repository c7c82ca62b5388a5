package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.SmallDeb;
import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deploy that was left off is finished on the targets that lack its release, and with exactly that. */
class ResumeTest {
    @TempDir
    Path packages;

    FourHosts hosts;
    String sum;

    @BeforeEach
    void start() throws IOException {
        hosts = new FourHosts(packages);
        sum = Checksum.of(packages.resolve("app_1.1_all.deb"));
        done("a.test");
        done("b.test");
        hosts.journals.put("c.test", FourHosts.entry("2", "2026-02-01", "1.1", sum, "rolled back"));
    }

    private void done(String host) {
        hosts.before.put(host, "1.1");
        hosts.journals.put(host, FourHosts.entry("2", "2026-02-01", "1.1", sum, "deployed"));
    }

    private Launch resume() {
        return hosts.deploy("on_failure: stop", "--resume");
    }

    @Test
    void onlyThoseThatLackItGetIt() {
        var launch = resume();

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("staging: app 1.1 is left for c.test, d.test\n"), launch.out());
        assertFalse(hosts.touched("a.test") || hosts.touched("b.test"), hosts.world.changes());
        assertTrue(hosts.confirmed("c.test") && hosts.confirmed("d.test"), hosts.world.changes());
    }

    @Test
    void itIsTheReleaseThatWasLeftOffAndNotTheNewestHere() throws IOException {
        SmallDeb.write(packages.resolve("app_1.2_all.deb"), "a later package");

        var launch = resume();

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(hosts.changes("d.test").contains(FourHosts.INSTALL), hosts.changes("d.test"));
    }

    @Test
    void theStepsOfASequenceAreForThemToo() {
        var launch = hosts.run("deploy", "deploy: [deb-build, deb-deploy, {run: warm up}]", "--resume");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(hosts.changes("d.test").contains("$ sh -c 'warm up'\n"), hosts.world.changes());
        assertEquals("", hosts.changes("a.test"));
    }

    @Test
    void whatTargetsPullIsStillInTheRepository() throws IOException {
        Files.delete(packages.resolve("app_1.1_all.deb"));
        hosts.world.at("apt.test").answering("[root] repository-facts /srv/apt staging", "ready 1 http://apt.test\n"
                + "key a public key\npublished 77 app 1.1 all " + sum + " app_1.1_all.deb commit= with=\n");

        hosts.world.at("c.test").answering("[root] repository-trial app http://apt.test staging", "");
        hosts.world.at("d.test").answering("[root] repository-trial app http://apt.test staging", "");

        var launch = hosts.run("deploy", "install_from: repository, repository_host: apt.test,"
                + " repository_url: \"http://apt.test\", deploy: [deb-build, deb-publish, deb-deploy]", "--resume");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(
                hosts.changes("d.test")
                        .contains("$ [root] repository-pull app http://apt.test staging 77 app 1.1 " + sum),
                hosts.changes("d.test"));
        assertEquals("", hosts.changes("apt.test"));
    }

    @Test
    void whatIsOnceForAReleaseIsNotDoneAgain() {
        hosts.journals.merge("a.test", "journal {\"event\":\"once\",\"id\":\"2\",\"step\":\"run: warm up (once)\"}\n",
                String::concat);

        var launch = hosts.run("deploy", "deploy: [deb-deploy, {run: warm up, once: true}, {run: tidy, once: true}]",
                "--resume");

        assertEquals(0, launch.exit(), launch.err());
        assertFalse(hosts.world.changes().contains("warm up'"), hosts.world.changes());
        assertTrue(launch.out().contains("staging: run: warm up (once): was done for app 1.1 already\n"), launch.out());
        assertTrue(hosts.changes("c.test").contains("$ sh -c tidy\n"), hosts.changes("c.test"));
        assertTrue(hosts.changes("c.test").contains("\"event\":\"once\"")
                && hosts.changes("c.test").contains("\"step\":\"run: tidy (once)\""), hosts.changes("c.test"));
    }

    @Test
    void whatWasDoneOnceByARunThatWentBackIsDoneAgain() {
        hosts.journals.put("c.test", FourHosts.entry("3", "2026-02-01", "1.1", sum, "rolled back")
                + "journal {\"event\":\"once\",\"id\":\"3\",\"step\":\"run: warm up (once)\"}\n");

        var launch = hosts.run("deploy", "deploy: [deb-deploy, {run: warm up, once: true}]", "--resume");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(hosts.changes("c.test").contains("$ sh -c 'warm up'\n"), hosts.changes("c.test"));
    }

    @Test
    void nothingLeftIsSaidAndIsWell() {
        done("c.test");
        done("d.test");

        var launch = resume();

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().contains("staging: nothing is left: app 1.1 is on a.test, b.test, c.test, d.test\n"),
                launch.out());
        assertEquals("", hosts.world.changes());
    }

    @Test
    void whoeverCannotBeReachedIsStillLeft() {
        done("c.test");
        hosts.world.unreachable("d.test", Failure.failed("d.test", "cannot be reached"));

        var launch = hosts.deploy("on_failure: continue", "--resume");

        assertEquals(4, launch.exit());
        assertTrue(launch.err().contains("staging: 1 of 4 targets do not have the release: d.test\n"), launch.err());
    }

    @Test
    void aPackageThatIsNoLongerHereAsItWasIsRefused() throws IOException {
        SmallDeb.write(packages.resolve("app_1.1_all.deb"), "built again, and another");

        var launch = resume();

        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("app 1.1, which was left off, is no longer in"), launch.err());
        assertEquals("", hosts.world.changes());
    }

    @Test
    void afterARollbackThereIsNothingToResume() {
        hosts.journals.put("d.test", FourHosts.entry("3", "2026-03-01", "1.0", "sum", "deployed")
                .replace("\"deploy\"", "\"rollback\""));

        var launch = resume();

        assertEquals(3, launch.exit());
        assertEquals("deb-deploy: staging: there is nothing to resume: the last change was a rollback to 1.0\n",
                launch.err());
    }

    @Test
    void aFileIsNoPartOfIt() {
        var launch = hosts.deploy("on_failure: stop", "other.deb", "--resume");

        assertEquals(2, launch.exit());
        assertEquals("", hosts.world.changes());
    }
}
