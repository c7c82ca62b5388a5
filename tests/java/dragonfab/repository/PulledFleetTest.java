package dragonfab.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An apt repository and two SSH hosts, as a staging, a production and a fleet of both: what is refused, and what helps. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PulledFleetTest {
    private static final String APP = "dist/dftest-app_1.0_all.deb";

    private static Path folder;
    private static String site;
    private static Shell apt;
    private static Shell one;
    private static Shell two;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-pulled");
        var login = Login.in(folder);
        apt = Lab.container("apt");
        one = Lab.container("one");
        login.to("one", one, "deploy ALL=(ALL) NOPASSWD: ALL");
        two = Lab.container("two");
        login.to("two", two, "deploy ALL=(ALL) NOPASSWD: ALL");
        // What they need is in the repository, and whatever else apt knows takes time.
        for (var host : List.of(one, two)) {
            Lab.run(host, "rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*");
        }
        site = "http://" + Lab.address("apt");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__:
                    ssh_config: ssh_config
                    package_name: dftest-app
                    package_dir: dist
                    web_server: none
                    services: []
                    install_from: repository
                    repository_lxc: %1$sapt
                    repository_url: %2$s
                  staging: {hosts: %3$s}
                  production: {hosts: %4$s}
                  fleet:
                    package_name: dftest-fleet
                    install_from: push
                    hosts: [%3$s, %4$s]
                    batch: [1, 100%%]
                    on_failure: continue
                    max_failures: 1
                    before_host: "true"
                    after_host: test ! -e %5$s/broken-"$1"
                    deploy: [deb-deploy, {run: echo once | sudo tee -a /srv/once, once: true}]
                """.formatted(Lab.PREFIX, site, Lab.address("one"), Lab.address("two"), folder));
    }

    /** @param script its postinst */
    private static void deb(String name, String version, String depends, String script) throws IOException {
        deb(name, version, "all", depends, script);
    }

    private static void deb(String name, String version, String architecture, String depends, String script)
            throws IOException {
        var control = Files.createDirectories(folder.resolve("root/DEBIAN"));
        Files.writeString(control.resolve("control"), """
                Package: %s
                Version: %s
                Architecture: %s
                Maintainer: Test <test@example.org>
                Depends: %s
                Description: pulled
                """.formatted(name, version, architecture, depends));
        var postinst = Files.writeString(control.resolve("postinst"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(postinst, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("dist"));
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-b", "root",
                "dist/" + name + "_" + version + "_" + architecture + ".deb");
    }

    private static void app(String version, String script) throws IOException {
        deb("dftest-app", version, "dftest-lib (>= 2.0)", script);
    }

    @AfterAll
    static void remove() {
        List.of("apt", "one", "two").forEach(Lab::remove);
    }

    private static Cli.Ran run(String script, String... arguments) {
        return Cli.in(folder).run(script, arguments);
    }

    private static Cli.Ran well(Cli.Ran ran) {
        assertEquals(0, ran.exit(), ran.toString());
        return ran;
    }

    private static String refused(Cli.Ran ran) {
        assertEquals(3, ran.exit(), ran.toString());
        return ran.err();
    }

    private static void publish(String name) {
        well(run("deb-publish", "staging", "--set", "package_name=" + name));
    }

    private static String installed(Shell host, String... names) {
        return host.ask(Command.of("dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}${Version}\n")
                .with((Object[]) names)).out();
    }

    /** What apt knows, what is installed, and what was deployed. */
    private static String state(Shell host, String name) {
        return host.read(Command.script("""
                cd /
                find etc/apt var/lib/dpkg/status "var/lib/dragonfab/$1/journal" -type f | sort | xargs sha256sum
                """, name).asRoot());
    }

    @Test
    @Order(1)
    void aDependencyInTheSuiteIsFoundWhereAnOlderOneIsInstalled() throws IOException {
        Lab.run(one, """
                mkdir -p /root/lib/DEBIAN
                printf '%s\\n' 'Package: dftest-lib' 'Version: 1.0' 'Architecture: all' 'Maintainer: T <t@example.org>' \\
                    'Description: older' > /root/lib/DEBIAN/control
                dpkg-deb -b /root/lib /root/lib.deb
                dpkg -i /root/lib.deb
                """);
        deb("dftest-lib", "2.0", "debconf", "");
        publish("dftest-lib");
        app("1.0", "");
        publish("dftest-app");

        well(run("deb-deploy", "staging"));

        assertEquals("dftest-app ii 1.0\ndftest-lib ii 2.0\n", installed(one, "dftest-app", "dftest-lib"));
    }

    @Test
    @Order(2)
    void aStaleMirrorIsRefusedBeforeAnythingChanges() throws IOException {
        Lab.run(apt, """
                cp -a /srv/apt /srv/mirror
                echo 'server { listen 8081; root /srv/mirror; }' > /etc/nginx/conf.d/mirror.conf
                systemctl reload nginx
                """);
        app("2.0", "exit 1");
        publish("dftest-app");
        var before = state(one, "dftest-app");

        var deploy = run("deb-deploy", "staging", "--set", "repository_url=" + site + ":8081");

        assertTrue(refused(deploy).contains(site + ":8081 is stale: the index is of "), deploy.err());
        assertEquals(before, state(one, "dftest-app"));
    }

    /** One that was rejected, and ones that were only published, are newer. */
    @Test
    @Order(3)
    void productionGetsWhatStagingRunsWithWhatItNeeds() throws IOException {
        var rejected = run("deb-deploy", "staging");
        assertEquals(1, rejected.exit(), rejected.toString());
        app("3.0", "");
        publish("dftest-app");
        deb("dftest-lib", "3.0", "debconf", "");
        publish("dftest-lib");

        well(run("deb-publish", "production", "--from", "staging"));
        well(run("deb-deploy", "production", APP));

        assertEquals("dftest-app 1.0\ndftest-lib 2.0", apt.read(Command.script(
                "sed -n 's/^Package: //p; s/^Version: //p' /srv/apt/dists/production/main/binary-all/Packages"
                        + " | paste -d ' ' - - | sort")));
        assertEquals("dftest-app ii 1.0\ndftest-lib ii 2.0\n", installed(two, "dftest-app", "dftest-lib"));
    }

    @Test
    @Order(4)
    void aSecondFolderIsServedUnderTheSameName() throws IOException {
        deb("dftest-two", "1.0", "debconf", "");
        var second = new String[] {"production", "--set", "package_name=dftest-two", "--set",
            "repository_path=/srv/full", "--set", "repository_url=" + site + "/full"};
        well(run("deb-publish", second));

        well(run("deb-deploy", second));

        assertEquals("dftest-two ii 1.0\n", installed(two, "dftest-two"));
        well(run("deb-deploy", "staging", APP));
        assertFalse(apt.read(Command.script("nginx -t 2>&1").asRoot()).contains("conflicting"));
    }

    @Test
    @Order(5)
    void anotherKeyIsBroughtWhereNothingIsPulledAndTheLastApplicationTakesItAway() throws IOException {
        var before = keys(one);
        Lab.run(apt, "rm -r /var/lib/dragonfab/repository/gnupg");
        well(run("deb-publish", "staging", APP));

        var deploy = well(run("deb-deploy", "staging", APP));

        assertTrue(deploy.out().contains("install dftest-app 1.0: it runs already"), deploy.out());
        assertNotEquals(before, keys(one));
        assertEquals(apt.read(Command.of("cat", "/srv/apt/key.asc")), keys(one));
        // The key is that of all folders.
        deb("dftest-two", "2.0", "debconf", "");
        var second = new String[] {"production", "--set", "package_name=dftest-two", "--set",
            "repository_path=/srv/full", "--set", "repository_url=" + site + "/full"};
        well(run("deb-publish", second));
        well(run("deb-deploy", second));
        assertTrue(sources(two).contains("-full-"), sources(two));
        well(run("deb-deploy", "production", "--set", "package_name=dftest-two", "--set", "install_from=push"));
        assertFalse(sources(two).contains("-full-"), sources(two));
    }

    private static String sources(Shell host) {
        return host.read(Command.of("ls", "/etc/apt/sources.list.d"));
    }

    private static String keys(Shell host) {
        return host.read(Command.script("cat /etc/apt/keyrings/dragonfab-*.asc"));
    }

    @Test
    @Order(6)
    void whereTheRepositorysClockIsAheadDoctorSaysSoAndTheNextPublishHelps() throws IOException {
        Lab.run(apt, """
                printf '%s\\n' '#!/bin/sh' 'exec /usr/bin/date -d "+10 minutes" "$@"' > /usr/local/bin/date
                chmod 0755 /usr/local/bin/date
                """);
        app("5.0", "");
        publish("dftest-app");
        var before = state(one, "dftest-app");

        var early = run("deb-deploy", "staging");

        assertTrue(refused(early).contains("is not valid yet"), early.err());
        assertEquals(before, state(one, "dftest-app"));
        var doctor = Cli.in(folder).carryOut(early);
        assertEquals(1, doctor.exit(), doctor.toString());
        assertTrue(doctor.out().matches("(?s).*apt +clock +problem +is \\d+ s ahead of this machine's.*"),
                doctor.out());
        Lab.run(apt, "rm /usr/local/bin/date");
        var unsigned = run("deb-deploy", "staging");
        refused(unsigned);
        well(Cli.in(folder).carryOut(unsigned));
        well(run("deb-deploy", "staging"));
        assertEquals("dftest-app ii 5.0\n", installed(one, "dftest-app"));
        well(run("doctor", "staging"));
    }

    @Test
    @Order(7)
    void whatIsOnceIsOnceForAReleaseAlsoWhereTheRestIsDoneLater() throws IOException {
        deb("dftest-fleet", "1.0", "debconf", "");
        Lab.run(two, "systemctl stop ssh");
        var left = run("deploy", "fleet");
        Lab.run(two, "systemctl start ssh");
        assertEquals(4, left.exit(), left.toString());

        well(Cli.in(folder).carryOut(left));

        assertEquals("dftest-fleet ii 1.0\n", installed(two, "dftest-fleet"));
        for (var host : List.of(one, two)) {
            assertEquals(host == one ? "once" : "", host.read(Command.script("cat /srv/once 2>/dev/null || :")));
        }
    }

    @Test
    @Order(8)
    void oneThatStaysOutOfServiceIsNamedAsThatAndWhatIsSaidHelps() throws IOException {
        deb("dftest-fleet", "2.0", "debconf", "");
        var hindrance = Files.createFile(folder.resolve("broken-" + Lab.address("two")));

        var deploy = run("deb-deploy", "fleet");

        assertEquals(4, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains("try: mend after_host: " + Lab.address("two")
                + " has gone back and is healthy, but is out of service, and nothing puts it back by itself\n"),
                deploy.err());
        assertEquals("dftest-fleet ii 1.0\n", installed(two, "dftest-fleet"));
        assertEquals("", two.read(Command.script("""
                ls /var/lib/dragonfab/dftest-fleet/rollback/armed 2>/dev/null
                systemctl list-timers --all --plain --no-legend | grep dragonfab || :
                """).asRoot()));
        assertEquals(1, out());
        Files.delete(hindrance);
        Cli.in(folder).carryOutAll(deploy);
        assertEquals(0, out());
        assertEquals("dftest-fleet ii 2.0\n", installed(two, "dftest-fleet"));
    }

    /** How many hosts are out of service. */
    private static long out() {
        return run("status", "fleet", "--json").out().lines().filter(line -> line.contains("out of service")).count();
    }

    @Test
    @Order(9)
    void aCanaryThatNothingJudgesIsRefusedAndThePlanShowsWhoIsAskedWhat() throws IOException {
        deb("dftest-fleet", "3.0", "debconf", "");
        var before = state(one, "dftest-fleet") + state(two, "dftest-fleet");

        var shared = run("deploy", "fleet", "--set", "canary=1s", "--set", "health=" + site + "/");
        var nothing = run("deploy", "fleet", "--set", "canary=1s");
        var plan = well(run("deploy", "fleet", "--plan", "--set", "canary=1s", "--set", "health=http://localhost:8081/",
                "--set", "checks=[" + site + "/]"));

        assertTrue(refused(shared).contains("canary: nothing would judge " + Lab.address("one")), shared.err());
        assertTrue(refused(nothing).contains("it has neither health nor services"), nothing.err());
        var both = Lab.address("one") + ", " + Lab.address("two") + ": ";
        assertTrue(plan.out().contains(both + "health http://localhost:8081/ is asked on the target"), plan.out());
        assertTrue(plan.out().contains(both + "check " + site + "/ is asked "), plan.out());
        assertEquals(before, state(one, "dftest-fleet") + state(two, "dftest-fleet"));
    }

    /** To apt the second is a machine of another architecture, with all that is installed there. */
    @Test
    @Order(10)
    void hostsOfTwoArchitecturesPullEachItsOwnFile() throws IOException {
        Lab.run(two, """
                dpkg --add-architecture i386
                sed -i 's/^Architecture: amd64$/Architecture: i386/' /var/lib/dpkg/status
                echo 'APT::Architecture "i386"; APT::Architectures { "i386"; };' > /etc/apt/apt.conf.d/architecture
                """);
        for (var architecture : List.of("amd64", "i386")) {
            deb("dftest-arch", "1.0", architecture, "debconf", "");
        }
        var arch = new String[] {"fleet", "--set", "package_name=dftest-arch", "--set", "install_from=repository"};
        well(run("deb-publish", arch));

        well(run("deb-deploy", arch));

        assertEquals("amd64 i386", architecture(one) + " " + architecture(two));
        var again = well(run("deb-deploy", "fleet", "--set", "package_name=dftest-arch", "--set",
                "install_from=repository", "--resume"));
        assertTrue(again.out().contains("nothing is left: dftest-arch 1.0 is on "), again.out());
    }

    private static String architecture(Shell host) {
        return host.read(Command.of("dpkg-query", "-W", "-f", "${Architecture}", "dftest-arch"));
    }
}
