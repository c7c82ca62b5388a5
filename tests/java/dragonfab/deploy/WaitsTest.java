package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.Herd;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that takes few sessions, hangs or talks without an end, and packages that leave processes behind. */
@OnContainers
@Timeout(180)
class WaitsTest {
    private static final String APP = """
            import http.server, time
            class Answers(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    status, page, place = 200, "brk VERSION", None
                    PLAN
                    self.send_response(status)
                    if place: self.send_header("Location", place)
                    self.send_header("Content-Length", str(len(page)))
                    self.end_headers()
                    self.wfile.write(page.encode())
                def log_message(self, *ignored): pass
            began = time.time()
            http.server.ThreadingHTTPServer(("", 8081), Answers).serve_forever()
            """;
    private static final String POSTINST = """
            #!/bin/sh
            set -e
            MORE
            systemctl daemon-reload
            systemctl enable --quiet brk.service
            systemctl restart brk.service
            """;
    private static Herd herd;
    private static Path folder;
    private static Shell inside;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        herd = Herd.of("waits", 1);
        folder = herd.folder();
        inside = herd.inside("waits1");
        var address = herd.address("waits1");
        var text = new StringBuilder("""
                environments:
                  __all__: {package_name: brk, package_dir: ., ssh_config: ssh_config, health_timeout: 40,
                            health: {url: "http://localhost:8081/", contains: "brk ${version}"}}
                  host: {hosts: ["%s"]}
                  page: {hosts: ["%1$s"], health: {url: "http://localhost:8081/", contains: brk}}
                """.formatted(address));
        var ports = List.of("MaxSessions 1", "MaxSessions 2", "MaxSessions 3", "ForceCommand sleep 900",
                "ForceCommand yes", "ForceCommand sh -c 'eval \"$SSH_ORIGINAL_COMMAND\"; yes'");
        var keys = Files.readString(folder.resolve("known_hosts")).replace(address + " ", "");
        for (int i = 0; i < ports.size(); i++) {
            int port = 2301 + i;
            Lab.run(inside,
                    "mkdir -p /run/sshd; /usr/sbin/sshd -f /etc/ssh/sshd_config -p $1 -o PidFile=/run/sshd-$1 -o \"$2\"",
                    port, ports.get(i));
            text.append("  p").append(port).append(": {hosts: [\"").append(address).append(":").append(port)
                    .append("\"]}\n");
            Files.writeString(folder.resolve("known_hosts"), "[" + address + "]:" + port + " " + keys,
                    StandardOpenOption.APPEND);
        }
        Files.writeString(folder.resolve("environments.yml"), text);
        build("", "");
        assertEquals(0, herd.cli().run("deb-deploy", "host").exit());
    }

    @AfterAll
    static void remove() {
        herd.close();
    }

    /** What a deploy that failed has built is not taken again. */
    @BeforeEach
    void aRelease() throws IOException {
        Lab.run(inside, "pkill -x sleep || true");
    }

    private static String build(String plan, String more) throws IOException {
        var version = ++number + ".0";
        var root = Files.createDirectories(folder.resolve("root-" + version));
        try (var files = Files.list(folder)) {
            for (var old : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
                Files.delete(old);
            }
        }
        write(root.resolve("usr/lib/brk/app.py"), APP.replace("VERSION", version).replace("PLAN", plan.isEmpty()
                ? "pass" : plan));
        write(root.resolve("lib/systemd/system/brk.service"),
                "[Service]\nExecStart=/usr/bin/python3 /usr/lib/brk/app.py\n[Install]\nWantedBy=multi-user.target\n");
        write(root.resolve("DEBIAN/control"), """
                Package: brk
                Version: %s
                Architecture: all
                Maintainer: Test <test@example.org>
                Depends: python3, debconf
                Description: a small thing to break
                """.formatted(version));
        write(root.resolve("DEBIAN/templates"), "Template: brk/value\nType: string\nDescription: a value\n");
        write(root.resolve("DEBIAN/postinst"), POSTINST.replace("MORE", more));
        assertTrue(root.resolve("DEBIAN/postinst").toFile().setExecutable(true, false));
        Cli.in(folder).tool("dpkg-deb", "--root-owner-group", "-Zgzip", "-b", root.toString(),
                folder.resolve("brk_" + version + "_all.deb").toString());
        return version;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String running() {
        return inside.read(Command.of("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}", "brk"));
    }

    private static Cli.Ran run(long seconds, String script, String... arguments) {
        var began = System.nanoTime();
        var ran = herd.cli().run(script, arguments);
        var took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        assertTrue(took <= seconds, "it took " + took + " s and not " + seconds + ": " + ran);
        return ran;
    }

    @ParameterizedTest
    @CsvSource({"1, sshj", "2, sshj", "3, sshj", "1, openssh", "2, openssh", "3, openssh"})
    void fewSessionsAreEnough(int sessions, String transport) throws IOException {
        var environment = "p" + (2300 + sessions);
        var version = build("", "");

        var deploy = run(60, "deb-deploy", environment, "--set", "transport=" + transport);

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals("ii " + version, running());
        var status = run(20, "status", environment, "--set", "transport=" + transport);
        assertTrue(status.exit() == 0 && status.out().contains("healthy"), status.toString());
        var data = run(20, "run", environment, "--set", "transport=" + transport, "--",
                "head -c 3000000 /dev/zero | wc -c");
        assertTrue(data.exit() == 0 && data.out().contains("3000000"), data.toString());
        assertEquals(0, run(20, "deb-deploy", environment, "--set", "transport=" + transport).exit());
    }

    /** By the clock of a machine that may be at work. */
    @Tag("long")
    @ParameterizedTest
    @CsvSource({"2304, sshj", "2305, sshj", "2306, sshj", "2304, openssh", "2305, openssh", "2306, openssh"})
    void aHostThatHangsOrNeverStopsIsLeftWithinTheLimit(int port, String transport) throws Exception {
        build("", "");
        var begun = System.nanoTime();
        assertEquals(0, herd.cli().run("run", "host", "--", "true").exit());
        // A machine at work takes long to start anything.
        var start = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        for (var script : List.of("status", "run", "deb-deploy")) {
            var words = script.equals("run") ? new String[] {"p" + port, "--timeout", "5", "--set",
                "transport=" + transport, "--", "true"}
                    : new String[] {"p" + port, "--timeout", "5", "--set", "transport=" + transport};
            var began = System.nanoTime();
            var process = herd.cli().with("JDK_JAVA_OPTIONS", "-Xmx200m").start(script, words);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), script + " does not end");
            var took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            assertTrue(took <= 5 + 2 * start + (script.equals("deb-deploy") ? 15 : 7), script + " took " + took
                    + " s, and one that is well " + start);
            assertEquals(1, process.exitValue(), script);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"sshj", "openssh"})
    void aSessionThatIsStoppedIsLeftWithinTheLimit(String transport) throws Exception {
        for (var script : List.of("status", "deb-deploy")) {
            var stopped = new Thread(() -> inside.ask(Command.script("for i in $(seq 400); do"
                    + " pkill -STOP -f '^sshd: deploy' && exit; sleep 0.01; done")));
            stopped.start();
            var ran = run(25, script, "host", "--timeout", "5", "--set", "transport=" + transport);
            stopped.join();
            Lab.run(inside, "pkill -CONT -f '^sshd: deploy' || true; pkill -f '^sshd: deploy' || true");
            assertEquals(1, ran.exit(), ran.toString());
        }
    }

    @Test
    void whatAPackageLeavesBehindLivesOnAndBlocksNothing() throws IOException {
        var version = build("", "sleep 4841 &");
        assertEquals(0, run(40, "deb-deploy", "host").exit());
        assertEquals("ii " + version, running());
        assertTrue(inside.ask(Command.of("pgrep", "-f", "^sleep 4841")).ok());
        assertTrue(herd.cli().run("status", "host").out().contains("free"));

        var next = build("", "sleep 4841 </dev/null >/dev/null 2>&1 &");
        assertEquals(0, run(40, "deb-deploy", "host").exit());
        assertEquals("ii " + next, running());
        assertEquals(0, run(40, "rollback", "host").exit());
        assertEquals("ii " + version, running());
        assertTrue(inside.ask(Command.of("pgrep", "-f", "^sleep 4841")).ok());
        assertEquals(0, run(40, "deb-deploy", "host").exit());
    }

    @Test
    void whatKeepsDebconfOpenIsNamedAndEndedWithTheStep() throws IOException {
        var before = running();
        build("", ". /usr/share/debconf/confmodule\nnohup sh -c 'while :; do sleep 4842; done' secret-word &");

        var deploy = run(60, "deb-deploy", "host", "--timeout", "8");

        assertEquals(1, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains("it took more than 8 s, and was ended; what kept it: sh (process "),
                deploy.toString());
        assertFalse(deploy.toString().contains("secret-word"), deploy.toString());
        assertEquals(before, running());
        assertFalse(inside.ask(Command.of("pgrep", "-f", "^sleep 4842")).ok());
        assertEquals("", inside.ask(Command.script("dpkg --audit; systemctl list-units --all --plain --no-legend"
                + " 'dragonfab-*'")).out());
        assertTrue(inside.ask(Command.script("grep '\"held\":\"sh (process' /var/lib/dragonfab/brk/journal")).ok());
        build("", "");
        assertEquals(0, run(40, "deb-deploy", "host").exit());
    }

    @Test
    void aStepIsEndedThereWhenItsClientIsGone() throws Exception {
        var before = running();
        build("", ". /usr/share/debconf/confmodule\nsleep 4843 &");
        var client = herd.cli().start("deb-deploy", "host", "--timeout", "15");
        Lab.run(inside,
                "for i in $(seq 200); do ! pgrep -f '^sleep 4843' >/dev/null || exit 0; sleep 0.1; done; exit 1");
        client.destroyForcibly().waitFor();

        var status = herd.cli().run("status", "host");
        assertTrue(status.out().contains("install brk"), status.toString());
        for (int i = 0; i < 60 && !running().equals(before); i++) {
            Thread.sleep(1000);
        }

        assertEquals(before, running());
        for (int i = 0; i < 20
                && inside.ask(Command.of("test", "-e", "/var/lib/dragonfab/brk/rollback/armed")).ok(); i++) {
            Thread.sleep(500);
        }
        assertTrue(
                inside.ask(Command.script("tail -n 1 /var/lib/dragonfab/brk/journal")).out().contains("rolled back"));
        build("", "");
        assertEquals(0, run(40, "deb-deploy", "host").exit());
    }

    @Tag("long")
    @Test
    void aStepThatNobodyEndsNamesWhatHoldsItAndTheCommandThatEndsIt() throws Exception {
        build("", ". /usr/share/debconf/confmodule\nsleep 4844 &");
        var client = herd.cli().start("deb-deploy", "host", "--timeout", "6");
        Lab.run(inside, """
                for i in $(seq 200); do ! pgrep -f '^sleep 4844' >/dev/null || break; sleep 0.1; done
                systemctl stop dragonfab-rollback-brk.timer
                """);
        client.destroyForcibly().waitFor();
        Lab.run(inside,
                "pkill -f '[s]tep-follow|[f]lock -s -w' || true; pkill -KILL -f 'step/[r]un /var' || true; sleep 1");

        var status = herd.cli().run("status", "host");
        assertTrue(
                status.out().matches("(?s).*kept from its end by sleep \\(process \\d+: sleep 4844\\); to end it: sudo"
                        + " perl /var/lib/dragonfab/brk/step/end /var/lib/dragonfab/brk.*"),
                status.toString());
        var heal = herd.cli().run("heal", "host");
        assertEquals(3, heal.exit(), heal.toString());
        assertTrue(heal.err().contains("it is kept from its end by sleep (process "), heal.toString());
        assertTrue(heal.err().contains(" --sudo -- perl /var/lib/dragonfab/brk/step/end"),
                heal.toString());
        assertEquals(0, run(30, "run", "host", "--sudo", "--", "perl", "/var/lib/dragonfab/brk/step/end",
                "/var/lib/dragonfab/brk").exit());
        assertEquals(0, herd.cli().run("heal", "host").exit());
        build("", "");
        assertEquals(0, run(40, "deb-deploy", "host").exit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "status, place = 302, '/login' | host | answers 302 and not 200, and leads to http://localhost:8081/login",
        "page += ', out of order'; page = page.replace('brk', 'sorry,') | page | without \"brk\": sorry, "})
    void aSiteThatWaitingCannotMendIsNotWaitedFor(String plan, String environment, String words) throws IOException {
        var before = running();
        build(plan, "");

        var deploy = run(25, "deb-deploy", environment);

        assertEquals(1, deploy.exit(), deploy.toString());
        assertTrue(deploy.err().contains(words), deploy.toString());
        assertEquals(before, running());
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"if time.time() - began < 6: status = 503", "if time.time() - began < 6: page = 'brk 0.9'"})
    void aSiteThatBecomesRightIsWaitedFor(String plan) throws IOException {
        var version = build(plan, "");

        var deploy = run(40, "deb-deploy", "host");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals("ii " + version, running());
    }
}
