package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What apt could not install as the target stands is refused, nothing is touched, and what is said to try helps. */
@OnContainers
class RefusedInstallTest {
    private static final String OTHER = "[ ! -e /root/fails ]";
    private static BrokenPackages there;
    private static int number;

    @BeforeAll
    static void start() throws IOException {
        there = BrokenPackages.start("refused", """
                __all__: {lxc: %s, package_name: app, web_server: none}
                lxc: {}
                """);
        there.well("deb-deploy", "lxc", next().toString());
    }

    @AfterAll
    static void stop() {
        there.close();
    }

    private static Path next() throws IOException {
        return there.deb("app", ++number + ".0").build();
    }

    /** @param named what is in the way */
    private static void assertRefusedUntilItIsTried(Path deb, String... named) {
        var before = there.everything();

        var refused = there.ends(3, "deb-deploy", "lxc", deb.toString());

        for (var word : named) {
            assertTrue(refused.err().contains(word), refused.toString());
        }
        assertEquals(before, there.everything(), refused.toString());
        Lab.run(there.inside(), "rm -f /root/fails");
        var tried = Cli.in(there.folder()).carryOut(refused);
        assertEquals(0, tried.exit(), tried.toString());
        there.well("deb-deploy", "lxc", deb.toString());
        assertEquals("ii " + number + ".0", there.state("app"));
    }

    private static Path other(String version) throws IOException {
        return there.deb("other", version).script("postinst", OTHER).build();
    }

    @Test
    void anotherPackageThatIsHalfConfigured() throws IOException {
        Lab.run(there.inside(), "touch /root/fails");
        there.dpkg("-i", other("1.0"));
        assertEquals("iF 1.0", there.state("other"));

        assertRefusedUntilItIsTried(next(), "other half-configured");
    }

    @Test
    void anotherPackageThatIsOnlyUnpacked() throws IOException {
        there.dpkg("--unpack", other("1.1"));

        assertRefusedUntilItIsTried(next(), "other unpacked");
    }

    @Test
    void anotherPackageThatWaitsForTriggers() throws IOException {
        there.dpkg("-i", there.deb("waits", "1.0").with("/DEBIAN/triggers", "interest-await /usr/share/pulls\n")
                .build());
        there.dpkg("--no-triggers -i", there.deb("pulls", "1.0").with("/usr/share/pulls/file", "x").build());
        assertEquals("iW 1.0\nit 1.0", there.state("pulls") + "\n" + there.state("waits"));

        assertRefusedUntilItIsTried(next(), "waits triggers-pending");
    }

    @Test
    void whatDpkgCouldNotWriteDownOfAnother() throws IOException {
        there.dpkg("-i", other("1.2"));
        Lab.run(there.inside(), "dpkg -s other > /var/lib/dpkg/updates/0001");

        assertRefusedUntilItIsTried(next(), "other interrupted");
    }

    @Test
    void aPackageThatIsHeldIsInstalledAndRefused() throws IOException {
        Lab.run(there.inside(), "apt-mark hold app");
        assertTrue(there.run("status", "lxc", "--json").out().contains("\"release\":\""
                + there.state("app").substring("hi ".length()) + "\""));
        var rollback = there.ends(3, "rollback", "lxc");
        assertTrue(rollback.err().contains("app is held there"), rollback.err());

        assertRefusedUntilItIsTried(next(), "app is held there");
    }

    @Test
    void aDependencyThatIsHeldAtAnOlderVersion() throws IOException {
        there.dpkg("-i", there.deb("needed", "1.0").build());
        Lab.run(there.inside(), "apt-mark hold needed");
        there.publish(there.deb("needed", "2.0").build());

        assertRefusedUntilItIsTried(there.deb("app", ++number + ".0").field("Depends: needed (>= 2.0)").build(),
                "needed");
        assertEquals("ii 2.0", there.state("needed"));
    }

    @Test
    void noRoomForItsFiles() throws IOException {
        var deb = there.deb("app", ++number + ".0").with("/opt/app/file", "x".repeat(3 << 20)).build();
        assertRefusedWithout("mount -t tmpfs -o size=2m none /opt", deb, "/opt has ", "free of the ");
    }

    @Test
    void noInodesForItsFiles() throws IOException {
        var deb = there.deb("app", ++number + ".0");
        for (int i = 0; i < 20; i++) {
            deb.with("/opt/app/" + i, "x");
        }
        assertRefusedWithout("mount -t tmpfs -o nr_inodes=10 none /opt", deb.build(), "/opt has ", "inodes free");
    }

    private static void assertRefusedWithout(String mount, Path deb, String... named) {
        Lab.run(there.inside(), "mkdir -p /opt; " + mount);
        Cli.Ran refused;
        try {
            refused = there.ends(3, "deb-deploy", "lxc", deb.toString());
        } finally {
            Lab.run(there.inside(), "umount /opt");
        }
        for (var word : named) {
            assertTrue(refused.err().contains(word), refused.toString());
        }
        there.well("deb-deploy", "lxc", deb.toString());
    }

    /** Our own step was killed in the postinst; what another left is not ours to finish. */
    @Test
    void onlyWhatOurStepTouchedIsFinished() throws IOException {
        var deb = there.deb("app", ++number + ".0").script("postinst", "[ ! -e /root/fails ]").build();
        var with = there.deb("with", "1.0").script("postinst", "[ ! -e /root/fails ]").build();
        there.well("deb-deploy", "lxc", deb.toString());
        Lab.run(there.inside(), "touch /root/fails");
        there.dpkg("-i", deb);
        there.dpkg("-i", with);
        Lab.run(there.inside(), """
                printf '%s\\n' "app 1.0 < 2.0 /root/app.deb" "with - < 1.0 /root/with.deb" \
                    > /var/lib/dragonfab/app/touched
                """);
        there.dpkg("-i", other("1.3"));
        assertEquals("iF", there.state("app").substring(0, 2));
        Lab.run(there.inside(), "rm /root/fails");

        there.well("heal", "lxc");

        assertEquals("ii " + number + ".0", there.state("app"));
        assertEquals("ii 1.0", there.state("with"));
        assertEquals("iF 1.3", there.state("other"));
        assertRefusedUntilItIsTried(next(), "other half-configured");
    }

    @Test
    void somebodyElsesAptIsWaitedFor() throws Exception {
        var slow = there.deb("slow", "1.0").script("postinst", "sleep 6").build();
        there.put(slow, "/root/slow.deb");
        Lab.run(there.inside(), "systemd-run --quiet --unit=slow dpkg -i /root/slow.deb; sleep 2");
        assertEquals("iF 1.0", there.state("slow"));

        there.well("deb-deploy", "lxc", next().toString());

        assertEquals("ii 1.0", there.state("slow"));
    }
}
