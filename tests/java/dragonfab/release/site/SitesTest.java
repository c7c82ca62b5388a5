package dragonfab.release.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.files.Checksum;
import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Load;
import dragonfab.lab.OnContainers;
import dragonfab.lab.Project;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Projects without any packaging, from their folder to visitors, with what they need from PyPI. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SitesTest {
    private static final String NAME = Lab.PREFIX + "sites";
    private static final String PROJECTS = "tests/resources/dragonfab/release/site/";
    private static final Shell INSIDE = new ContainerShell(Lab.HERE, NAME);
    private static final String POISON = "poison-7f3a9";
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Project django;

    @BeforeAll
    static void copy() throws IOException {
        django = Project.in(NAME, PROJECTS + "django");
    }

    @AfterAll
    static void remove() {
        Lab.remove("sites");
    }

    private static Cli.Ran run(Project project, String script, String... arguments) {
        return with(POISON, project, script, arguments);
    }

    private static Cli.Ran with(String poison, Project project, String script, String... arguments) {
        return Cli.in(project.cli().folder()).with("POISON", poison).run(script, arguments);
    }

    private static Cli.Ran good(Cli.Ran ran) {
        assertEquals(0, ran.exit(), ran.toString());
        return ran;
    }

    @Test
    @Order(1)
    void aDjangoProjectIsServedWithItsDatabaseStaticFilesAndWorker() throws Exception {
        good(run(django, "init", "lxc"));
        good(run(django, "deploy", "lxc", "-n"));
        assertFalse(Files.exists(django.file("requirements.lock")), "a dry run changes nothing");

        var deploy = good(run(django, "deploy", "lxc"));

        assertTrue(Files.readString(django.file("requirements.lock")).contains("gunicorn=="), deploy.toString());
        assertEquals("release one:", served("/"));
        assertEquals("django.db.backends.postgresql /var/lib/shop-site/main/media False", served("/database"));
        assertEquals("body {color: red}", served("/static/notes/page.css"));
        posted("text=hello");
        eventually("release one: HELLO");
        django.commit("the lock");
    }

    @Test
    @Order(2)
    void whatAVisitorUploadsOutlivesReleases() throws Exception {
        Lab.run(Lab.HERE, "head -c 3000000 /dev/zero > \"$1\"/big && curl -sSf -F file=@\"$1\"/big \"http://$2/\"",
                Files.createTempDirectory("dragonfab-upload"), Lab.address("sites"));

        assertEquals("3000000", Lab.HERE.read(Command.script(
                "curl -sSf \"http://$1/media/big\" | wc -c", Lab.address("sites"))));
    }

    @Test
    @Order(3)
    void noRequestFailsInSwitchesRefusedReleasesAndRollbacks() throws Exception {
        var counts = new TreeMap<String, Integer>();
        try (var load = new Load("http://" + Lab.address("sites") + "/")) {
            release("two");
            good(run(django, "deploy", "lxc"));
            assertTrue(served("/").startsWith("release two"), served("/"));

            django.write("notes/views.py", Files.readString(django.file("notes/views.py"))
                    .replace("RELEASE = \"two\"", "RELEASE = 1 / 0"));
            django.commit("broken");
            var refused = run(django, "deploy", "lxc");
            assertEquals(1, refused.exit(), refused.toString());
            assertTrue(refused.err().contains("ZeroDivisionError"), refused.toString());
            assertTrue(served("/").startsWith("release two"), served("/"));

            good(run(django, "rollback", "lxc"));
            assertTrue(served("/").startsWith("release one"), served("/"));
            load.close();
            counts.putAll(load.counts());
        }
        assertEquals(List.of("200 release one: HELLO", "200 release two: HELLO"), List.copyOf(counts.keySet()),
                counts.toString());
        assertTrue(counts.values().stream().allMatch(each -> each > 50), counts.toString());
    }

    private static void release(String name) throws IOException {
        django.write("notes/views.py", Files.readString(django.file("notes/views.py"))
                .replaceFirst("RELEASE = .*", "RELEASE = \"" + name + "\""));
        django.commit(name);
    }

    @Test
    @Order(4)
    void whatFailsOnlyWhenItServesNeverServesAVisitor() throws Exception {
        django.write("notes/views.py", Files.readString(django.file("notes/views.py"))
                .replaceFirst("RELEASE = .*", "RELEASE = \"three\"")
                .replace("    if request.method", "    nothing()\n    if request.method"));
        django.commit("fails when asked");

        var refused = run(django, "deploy", "lxc");

        assertEquals(1, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("the new release does not serve: asked for / it says 500"),
                refused.toString());
        assertTrue(served("/").startsWith("release one"), served("/"));
        assertEquals("", INSIDE.read(Command.script("systemctl list-units --failed --plain --no-legend 'shop-*'")));
        django.write("notes/views.py", Files.readString(django.file("notes/views.py")).replace("    nothing()\n", ""));
        release("four");
        half("install ok half-configured");
        var unsound = run(django, "deploy", "lxc");
        half("purge ok not-installed");
        assertEquals(3, unsound.exit(), unsound.toString());
        assertTrue(unsound.err().contains("dpkg has not finished with others"), unsound.toString());
        good(run(django, "deploy", "lxc"));
        assertTrue(served("/").startsWith("release four"), served("/"));
    }

    /** As dpkg writes it down of a package that is none of ours. */
    private static void half(String status) {
        Lab.run(INSIDE, "printf 'Package: dftest-other\\nStatus: %s\\nVersion: 1\\nArchitecture: all\\n"
                + "Maintainer: x <x@example.org>\\nDescription: x\\n\\n' \"$1\" > /tmp/other\n"
                + "awk -v RS= -v ORS='\\n\\n' '!/^Package: dftest-other\\n/' /var/lib/dpkg/status > /tmp/status\n"
                + "case \"$1\" in install*) cat /tmp/other >> /tmp/status ;; esac\n"
                + "cat /tmp/status > /var/lib/dpkg/status", status);
    }

    @Test
    @Order(5)
    void aSecretReachesTheProcessesAndNobodyElse() {
        var greeting = "it's a \"$HOME\" of " + POISON;
        var seen = INSIDE.read(Command.script("""
                for unit in "$(systemctl show -p MainPID --value 'shop-main@*.service')" \
                    "$(systemctl show -p MainPID --value 'shop-main-tasks@*.service')"; do
                    tr '\\0' '\\n' < "/proc/$unit/environ" | sed -n 's/^GREETING=//p'
                done
                /etc/shop-site/main/current/bin/run printenv GREETING
                """).asRoot());
        assertEquals(List.of(greeting, greeting, greeting), seen.lines().toList());

        noneOfItLeaked();
    }

    @Test
    @Order(6)
    void variablesOfAReleaseAreChangedAndComeBackWhereItFailsWithThem() throws Exception {
        good(with(POISON + "-more", django, "deploy", "lxc"));
        assertEquals("it's a \"$HOME\" of " + POISON + "-more", greeting());

        var refused = with(POISON + "-broken", django, "deploy", "lxc");

        assertEquals(1, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("answers 500"), refused.toString());
        assertEquals("it's a \"$HOME\" of " + POISON + "-more", greeting());
        assertTrue(served("/").startsWith("release four"), served("/"));
        good(run(django, "deploy", "lxc"));
        noneOfItLeaked();
    }

    private static String greeting() {
        return INSIDE.read(Command.script("tr '\\0' '\\n' < \"/proc/$(systemctl show -p MainPID --value"
                + " 'shop-main@*.service')/environ\" | sed -n 's/^GREETING=//p'").asRoot());
    }

    private static void noneOfItLeaked() {
        var leaked = INSIDE.read(Command.script("""
                { runuser -u nobody -- grep -rlF "$1" /etc /usr/lib/shop-site /usr/lib/shop-src /var/lib /srv /run /tmp \
                    2>/dev/null || true
                journalctl --no-pager | grep -F "$1" || true
                ps -eo args | grep -vF grep | grep -F "$1" || true; }
                """, POISON).asRoot());
        assertEquals("", leaked);
        assertEquals("", Lab.HERE.read(Command.script("grep -rlF \"$1\" \"$2\" || true", POISON,
                django.cli().folder())));
    }

    @Test
    @Order(7)
    void unitsAreHardened() {
        var exposure = INSIDE.read(Command.script("systemd-analyze security --no-pager "
                + "\"$(systemctl list-units --plain --no-legend 'shop-main@*.service' | cut -d ' ' -f 1)\" | tail -n 1"));
        var level = Double.parseDouble(exposure.replaceFirst(".*: ([0-9.]+) .*", "$1"));

        assertTrue(level <= 2.0, exposure);
    }

    @Test
    @Order(8)
    void builtAgainFromScratchInAnotherRoomItIsTheSameBytes() throws IOException {
        var dist = django.file("dist");
        var before = checksums(dist);
        try (var files = Files.list(dist)) {
            for (var file : files.filter(each -> before.containsKey(each.getFileName().toString())).toList()) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".kept"));
                Files.delete(file.resolveSibling(file.getFileName() + ".json"));
            }
        }
        Lab.run(Lab.HERE, "lxc-stop -k -n \"$1\"; lxc-destroy -n \"$1\"", NAME + "-build");

        good(run(django, "site-build", "lxc"));

        var again = checksums(dist);
        assertEquals(3, again.size(), again.toString());
        again.forEach((name, sum) -> assertEquals(before.get(name), sum, name));
    }

    private static Map<String, String> checksums(Path dist) throws IOException {
        var sums = new TreeMap<String, String>();
        try (var files = Files.list(dist)) {
            files.filter(file -> file.toString().endsWith(".deb"))
                    .forEach(file -> sums.put(file.getFileName().toString(), Checksum.of(file)));
        }
        return sums;
    }

    @Test
    @Order(9)
    void flaskAndFastApiAreServedBesideIt() throws Exception {
        var flask = Project.in(NAME, PROJECTS + "flask");
        good(run(flask, "deploy", "lxc"));
        assertEquals("flask one:", served("flask.example.com", "/"));
        flask.commit("the lock");

        var fast = Project.in(NAME, PROJECTS + "fastapi");
        good(run(fast, "deploy", "lxc"));
        assertEquals("{\"fastapi\":\"one\"}", served("fastapi.example.com", "/"));
        assertTrue(served("/").startsWith("release four"), served("/"));

        flask.write("shop.py", Files.readString(flask.file("shop.py")).replace("RELEASE = \"one\"",
                "RELEASE = \"two\""));
        flask.commit("two");
        good(run(flask, "deploy", "lxc"));
        assertEquals("flask two:", served("flask.example.com", "/"));
        good(run(flask, "rollback", "lxc"));
        assertEquals("flask one:", served("flask.example.com", "/"));
    }

    @Test
    @Order(10)
    void whatLooksAndRestartsKnowsSites() throws Exception {
        var status = good(run(django, "status", "lxc"));
        assertTrue(status.out().contains("in sync"), status.toString());
        assertTrue(status.out().contains("healthy"), status.toString());
        var releases = good(run(django, "releases", "lxc"));
        assertEquals(1, releases.out().lines().filter(line -> line.contains("true")).count(), releases.toString());
        assertFalse(good(run(django, "logs", "lxc", "--lines", "5")).out().isBlank());
        var restart = good(run(django, "web-restart", "lxc", "-v"));
        for (var unit : List.of("shop-main@", "shop-main-tasks@", "shop-main-beat@")) {
            assertTrue(restart.out().contains("restarted " + unit), restart.toString());
        }
        assertTrue(served("/").startsWith("release four"), served("/"));
        assertEquals("4.2.30", good(run(django, "manage", "lxc", "--", "version")).out().strip());
    }

    private static void eventually(String page) throws Exception {
        var end = System.nanoTime() + SOON.toNanos();
        while (!served("/").equals(page) && System.nanoTime() < end) {
            Thread.sleep(200);
        }
        assertEquals(page, served("/"));
    }

    private static String served(String path) throws Exception {
        return served("localhost", path);
    }

    private static String served(String host, String path) throws Exception {
        return Lab.HERE.read(Command.of("curl", "-sS", "-m", "20", "-H", "Host: " + host,
                "http://" + Lab.address("sites") + path)).strip();
    }

    private static void posted(String form) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + Lab.address("sites") + "/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).timeout(SOON).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
    }
}
