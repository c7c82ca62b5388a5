package dragonfab.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.deb.BuiltWith;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.files.Checksum;
import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An apt repository in a container, and two SSH hosts that pull from it: one of its staging, one of its production. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishTest {
    private static final String SOURCES = "/etc/apt/sources.list.d/";
    private static final String NEW = "/srv/apt/dists/staging/InRelease";

    private static Path folder;
    private static Shell apt;
    private static Shell one;
    private static Shell two;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("dragonfab-publish");
        var login = Login.in(folder);
        apt = Lab.container("apt");
        one = Lab.container("one");
        login.to("one", one, "deploy ALL=(ALL) NOPASSWD: ALL");
        two = Lab.container("two");
        login.to("two", two, "deploy ALL=(ALL) NOPASSWD: ALL");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__:
                    ssh_config: ssh_config
                    package_name: dftest-app
                    package_dir: dist
                    web_server: none
                    install_from: repository
                    repository_lxc: %sapt
                    repository_url: http://%s
                  staging: {hosts: %s}
                  production: {hosts: %s}
                """.formatted(Lab.PREFIX, Lab.address("apt"), Lab.address("one"), Lab.address("two")));
        build("1.0");
    }

    /** The application, and the data that it is installed with. */
    private static void build(String version) throws IOException {
        var app = folder.resolve("dist/dftest-app_" + version + "_all.deb");
        if (Files.exists(app)) {
            return;
        }
        Files.createDirectories(folder.resolve("dist"));
        var data = deb("dftest-data", version, "debconf");
        deb("dftest-app", version, "dftest-data (= " + version + ")");
        new DebPackage("dftest-app", new DebVersion(version), "all", app, Checksum.of(app), "c0ffee",
                List.of(data.file()), BuiltWith.UNKNOWN).writeManifest();
    }

    private static DebPackage deb(String name, String version, String depends) throws IOException {
        var root = Files.createDirectories(folder.resolve("root/DEBIAN")).getParent();
        Files.writeString(root.resolve("DEBIAN/control"), """
                Package: %s
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Depends: %s
                Description: pulled
                """.formatted(name, version, depends));
        var file = folder.resolve("dist/" + name + "_" + version + "_all.deb");
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-b", "root", file.toString());
        return DebPackage.of(file);
    }

    @AfterAll
    static void remove() {
        List.of("apt", "one", "two").forEach(Lab::remove);
    }

    private static Cli.Ran run(String script, String... arguments) {
        return Cli.in(folder).run(script, arguments);
    }

    private static void assertWell(Cli.Ran ran) {
        assertEquals(0, ran.exit(), ran.toString());
    }

    private static String installed(Shell host) {
        return host.ask(Command.of("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version} ", "dftest-app",
                "dftest-data")).out();
    }

    @Test
    @Order(1)
    void theFirstPackageMakesTheRepositoryAndAHostPullsIt() {
        assertWell(run("deb-publish", "staging"));

        var deploy = run("deb-deploy", "staging");

        assertWell(deploy);
        assertEquals("ii 1.0 ii 1.0 ", installed(one));
        assertTrue(deploy.out().contains("pull dftest-app_1.0_all.deb, dftest-data_1.0_all.deb"), deploy.out());
        assertFalse(deploy.out().contains("upload"), deploy.out());
        assertTrue(apt.read(Command.of("cat", "/var/log/nginx/access.log")).contains("APT-HTTP"));
        var source = sources(one);
        assertTrue(source.matches("dragonfab-" + Lab.address("apt") + "-staging-[0-9a-f]{8}"), source);
        assertEquals("Types: deb\nURIs: http://" + Lab.address("apt") + "\nSuites: staging\nComponents: main\n"
                + "Signed-By: /etc/apt/keyrings/" + source + ".asc",
                one.read(Command.of("cat", SOURCES + source + ".sources")));
    }

    /** The sources of ours that its apt has, and a keyring for each. */
    private static String sources(Shell host) {
        var sources =
                host.read(Command.script("cd " + SOURCES + "; ls | sed -n 's/^\\(dragonfab-.*\\)[.]sources$/\\1/p'"));
        assertEquals(sources, host.read(Command.script(
                "cd /etc/apt/keyrings; ls | sed -n 's/^\\(dragonfab-.*\\)[.]asc$/\\1/p'")));
        Lab.run(host, "apt-get indextargets >/dev/null && apt-cache policy >/dev/null");
        return sources;
    }

    /** As releases of before left it: each application with a source of its own. */
    private static void sourceOfItsOwn(Shell host, String name, String url) {
        Lab.run(host, """
                printf '%s\n' "Types: deb" "URIs: $2" "Suites: staging" "Components: main" \\
                    "Signed-By: /etc/apt/keyrings/dragonfab-$1.asc" > "/etc/apt/sources.list.d/dragonfab-$1.sources"
                cat /var/cache/dragonfab/dftest-app/key.asc > "/etc/apt/keyrings/dragonfab-$1.asc"
                """, name, url);
    }

    @Test
    @Order(2)
    void twoApplicationsShareASourceAndTheLastTakesItAway() throws IOException {
        var second = new String[] {"staging", "--set", "package_name=dftest-two"};
        deb("dftest-two", "1.0", "debconf");
        assertWell(run("deb-publish", second));
        var shared = sources(one);

        assertWell(run("deb-deploy", second));

        assertEquals(shared, sources(one));
        // Hosts where each had one of its own, which no apt reads.
        var url = "http://" + Lab.address("apt");
        sourceOfItsOwn(one, "dftest-app", url);
        sourceOfItsOwn(one, "dftest-two", url + "/");
        Lab.run(one, "! apt-get indextargets >/dev/null 2>&1; rm -f -- \"$1\"", SOURCES + shared + ".sources");
        var doctor = run("doctor", "staging");
        assertTrue(doctor.out().contains("Conflicting values set for option Signed-By"), doctor.toString());

        assertWell(run("deb-deploy", second));

        assertEquals(shared, sources(one));
        var pushed = run("deb-deploy", "staging", "--set", "install_from=push", "--set", "package_name=dftest-two",
                deb("dftest-two", "1.1", "debconf").file().toString());
        assertWell(pushed);
        assertEquals(shared, sources(one));
        assertEquals("", two.read(Command.script("ls /etc/apt/sources.list.d | grep dragonfab || :")));
    }

    @Test
    @Order(3)
    void whatAptCouldNotReadIsRefusedAndLeavesNothing() {
        Lab.run(two, "printf '%s\\n' \"deb [trusted=yes] http://$1 production main\" > " + SOURCES + "own.list",
                Lab.address("apt"));

        assertWell(run("deb-publish", "production", "--from", "staging"));
        var deploy = run("deb-deploy", "production");

        Lab.run(two, "rm " + SOURCES + "own.list");
        assertEquals(3, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains("could read no source at all"), deploy.err());
        assertEquals("", sources(two));
    }

    @Test
    @Order(2)
    void thePrivateKeyIsForRootAloneAndNotServed() throws IOException {
        assertEquals("700 root", apt.read(Command.of("stat", "-c", "%a %U", "/var/lib/dragonfab/repository/gnupg")));
        assertEquals("", apt.read(Command.script("find /var/lib/dragonfab/repository/gnupg/private-keys-v1.d"
                + " -perm /077; grep -rl PRIVATE /srv/apt || :").asRoot()));
        var site = "http://" + Lab.address("apt");
        assertEquals(403, status(site + "/.incoming/"));
        assertEquals(200, status(site + "/key.asc"));
        assertEquals(400, status(site + "/../../var/lib/dragonfab/repository/gnupg/pubring.kbx"));
    }

    private static int status(String url) throws IOException {
        return ((HttpURLConnection) new URL(url).openConnection()).getResponseCode();
    }

    @Test
    @Order(3)
    void theSameAgainChangesNothing() {
        var before = apt.read(Command.of("readlink", "/srv/apt/dists/staging"));

        var again = run("deb-publish", "staging");

        assertWell(again);
        assertTrue(again.out().contains("it is there already") && !again.out().contains("changed    "), again.out());
        assertEquals(before, apt.read(Command.of("readlink", "/srv/apt/dists/staging")));
    }

    @Test
    @Order(4)
    void aSuiteGetsWhatAnotherHasProven() throws IOException {
        assertWell(run("deb-publish", "production", "--from", "staging"));
        assertWell(run("deb-deploy", "production"));
        var old = apt.read(Command.of("awk", "$3 == \"main/binary-all/Packages.gz\" { print $1 }", NEW));
        build("2.0");
        assertWell(run("deb-publish", "staging"));
        assertWell(run("deb-deploy", "staging"));
        assertEquals("ii 2.0 ii 2.0 ", installed(one));
        // Whoever has read the index before still finds what it names.
        assertTrue(apt.ask(Command.of("test", "-f",
                "/srv/apt/dists/staging/main/binary-all/by-hash/SHA256/" + old)).ok(), old);

        var tooEarly = run("deb-deploy", "production");

        assertEquals(3, tooEarly.exit(), tooEarly.toString());
        assertTrue(tooEarly.err().contains("try: jbang deb-publish@dragonfab production"), tooEarly.err());
        assertWell(run("deb-publish", "production", "--from", "staging"));
        assertWell(run("deb-deploy", "production"));
        assertEquals("ii 2.0 ii 2.0 ", installed(two));
        assertEquals(1, apt.read(Command.script("ls /srv/apt/pool/main/d/dftest-app/*2.0*")).lines().count());
    }

    @Test
    @Order(5)
    void theRollbackIsToWhatTheHostHasKept() {
        Lab.run(apt, "systemctl stop nginx");

        var rollback = run("rollback", "production");

        Lab.run(apt, "systemctl start nginx");
        assertWell(rollback);
        assertEquals("ii 1.0 ii 1.0 ", installed(two));
    }

    @Test
    @Order(6)
    void nothingIsUpgradedBehindOurBack() {
        Lab.run(two, "apt-get -q update");

        assertEquals("", two.read(Command.script("apt-get -s -q dist-upgrade | grep '^Inst' || :")));
    }

    @ParameterizedTest
    @Order(7)
    @ValueSource(strings = {"pool/main/d/dftest-app/dftest-app_3.0_all.deb",
        "pool/main/d/dftest-data/dftest-data_3.0_all.deb", "dists/staging/InRelease",
        "dists/staging/main/binary-all/Packages.gz"})
    void whatWasTamperedWithIsRefused(String file) throws IOException {
        build("3.0");
        assertWell(run("deb-publish", "staging"));
        Lab.run(apt, """
                cd /srv/apt
                cp -L "$1" /root/whole
                case "$1" in
                *.gz) printf 'Package: dftest-app\\nVersion: 3.0\\n' | gzip > "$1" ;;
                *) printf X | dd of="$1" bs=1 seek=100 conv=notrunc status=none ;;
                esac
                """, file);
        Lab.run(one, "rm -rf /var/cache/dragonfab");

        var deploy = run("deb-deploy", "staging");

        Lab.run(apt, "cat /root/whole > \"/srv/apt/$1\"", file);
        assertEquals(1, deploy.exit(), deploy.toString());
        assertEquals("ii 2.0 ii 2.0 ", installed(one));
        assertEquals("", one.read(Command.script("ls -A /var/lib/dragonfab/dftest-app/packages"
                + " | grep -e \"${1##*/}\" -e part || :", file).asRoot()));
    }

    @ParameterizedTest
    @Order(8)
    @ValueSource(strings = {"gpg --batch --quiet --yes --digest-algo SHA512 --clearsign", "number=", "sync -f",
        "ln -sfn", "mv -fT"})
    void aKilledPublishLeavesTheOldIndexWhole(String line) throws IOException {
        build("4.0");
        var changes = Files.createTempDirectory("dragonfab-changes");
        var script = Path.of("dragonfab/repository/publish.sh");
        var whole = Path.of(System.getProperty("dragonfab.home"), "lib/deploy/src/main/resources").resolve(script);
        Files.createDirectories(changes.resolve(script).getParent());
        Files.writeString(changes.resolve(script), Files.readString(whole).replaceFirst("(?m)^" + line,
                "kill -9 \\$\\$\n" + line));
        var before = apt.read(Command.of("sha256sum", NEW));

        var killed = Cli.in(folder).changed(changes).run("deb-publish", "staging");

        assertNotEquals(0, killed.exit(), killed.toString());
        assertEquals(before, apt.read(Command.of("sha256sum", NEW)));
        Lab.run(one, """
                source=$(ls /etc/apt/sources.list.d/dragonfab-*.sources)
                apt-get -q -o APT::Update::Error-Mode=any -o Dir::Etc::sourcelist="$source" \\
                    -o Dir::Etc::sourceparts=- -o Dir::State::lists="$(mktemp -d)" update
                """);
    }

    @Test
    @Order(9)
    void theNextPublishPutsRightWhatAKilledOneLeft() {
        assertWell(run("deb-publish", "staging"));
        assertWell(run("deb-deploy", "staging"));

        assertEquals("ii 4.0 ii 4.0 ", installed(one));
        assertEquals("", apt.read(Command.script("ls -A /srv/apt/.incoming; ls -d /srv/apt/.work"
                + " /srv/apt/.suites/*/new /srv/apt/dists/.* 2>/dev/null | grep -v '/[.]*$' || :")));
    }

    @Test
    @Order(10)
    void anotherKeyIsBroughtByTheNextPublishAndDeploy() throws IOException {
        Lab.run(apt, "rm -r /var/lib/dragonfab/repository/gnupg /srv/apt/.ready");
        build("4.1");
        assertWell(run("deb-publish", "staging"));

        var old = run("deb-deploy", "production");

        assertEquals(3, old.exit(), old.toString());
        assertWell(run("deb-deploy", "staging"));
        assertEquals("ii 4.1 ii 4.1 ", installed(one));
        assertWell(run("deb-publish", "production", "--from", "staging"));
        assertWell(run("deb-deploy", "production"));
        assertEquals("ii 4.1 ii 4.1 ", installed(two));
    }

    @Test
    @Order(11)
    void oldReleasesLeaveTheSuiteAndThenThePool() throws IOException {
        for (int n = 1; n <= 7; n++) {
            build("5." + n);
            assertWell(run("deb-publish", "staging", "--set", "keep_releases=2"));
        }

        assertEquals("5.6\n5.7", apt.read(Command.script(
                "awk '/^Package: / { p = $2 } /^Version: / && p == \"dftest-app\" { print $2 }'"
                        + " /srv/apt/dists/staging/main/binary-all/Packages")));
        var pool = apt.read(Command.of("ls", "/srv/apt/pool/main/d/dftest-app"));
        assertFalse(pool.contains("_4.0_") || pool.contains("_3.0_"), pool);
        assertTrue(pool.contains("_4.1_"), "production has it: " + pool);
    }
}
