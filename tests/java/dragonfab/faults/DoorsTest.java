package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Cli;
import dragonfab.lab.ExecTrace;
import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other users of a target, and of the machine that deploys to it, can read, hold and plant. */
@OnContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoorsTest {
    /** Everything that is kept, as mode and owner; only what the web server reads is for others. */
    private static final String OPEN_TO_OTHERS = """
            find /var/lib/dragonfab /etc/systemd/system -name '*' ! -type l \\
                \\( -path '/var/lib/dragonfab*' -o -name 'dragonfab-*' \\) -printf '%m %u:%g %p\\n' |
                sed -E -e 's/[0-9a-f]{8}-[0-9a-f-]{27}/ID/' \\
                    -e '/^6?00 root:root .*[^/]$/d' -e '/^[67]00 root:root /d' | sort -k 3
            """;
    private static final String READ_BY_THE_WEB_SERVER = """
            711 root:root /var/lib/dragonfab
            711 root:root /var/lib/dragonfab/shop
            644 root:root /var/lib/dragonfab/shop/maintenance.on
            755 root:root /var/lib/dragonfab/shop/web
            644 root:root /var/lib/dragonfab/shop/web/maintenance.html
            644 root:root /var/lib/dragonfab/shop/web/maintenance.json
            """;
    private static final String[] KEPT = {"lock", "step.lock", "maintenance.lock", "journal", "hold", "packages",
        "rollback/go", "rollback/line", "step/line"};

    private static ShopSite site;

    @TempDir
    Path changes;

    @BeforeAll
    static void start() throws Exception {
        site = ShopSite.start("doors");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String openToOthers() {
        return site.inside().read(Command.script(OPEN_TO_OTHERS).asRoot()) + "\n";
    }

    /** What web-mode made is another's to judge. */
    private static void assertClosed(String open) {
        assertEquals("711 root:root /var/lib/dragonfab\n711 root:root /var/lib/dragonfab/shop",
                open.lines().filter(line -> !line.contains("/web")).collect(Collectors.joining("\n")));
    }

    /** As a umask of 000 left it; then somebody else puts that in place of the rollback. */
    private static void leaveOpen(String file, String text) {
        Lab.run(site.inside(), """
                cd /var/lib/dragonfab
                chmod -R a+rwX .
                runuser -u nobody -- sh -c '
                    cd shop; mv rollback rollback.theirs 2>/dev/null
                    mkdir rollback && printf "%s\\n" "$2" > "rollback/$1" && echo x > rollback/armed' sh "$1" "$2"
                """, file, text);
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"000", "022", "077"})
    void whatIsKeptIsRootsAloneWhateverTheUmask(String umask) throws Exception {
        Lab.run(site.inside(), "rm -rf /var/lib/dragonfab");
        site.release(Shop.Kind.MIGRATES);
        var cli = site.cli().umask(umask);

        ShopSite.assertWell(cli.run("deploy", "closed", "--allow-no-rollback"));
        ShopSite.assertWell(cli.run("web-mode", "open", "maintenance"));
        ShopSite.assertWell(cli.run("lock", "open", "hold"));

        assertEquals(READ_BY_THE_WEB_SERVER, openToOthers());
        for (var kept : KEPT) {
            assertTrue(site.inside().ask(Command.of("test", "-e", "/var/lib/dragonfab/shop/" + kept)).ok(), kept);
        }
        assertEquals("503", site.served());
        ShopSite.assertWell(cli.run("web-mode", "open", "live"));
        ShopSite.assertWell(cli.run("lock", "open", "release"));
        assertTrue(site.served().startsWith("200 "), site.served());
    }

    /** While the rollback is armed, its timer and its step are there too. */
    @Test
    @Order(2)
    void whatATimerRunsAsRootIsRootsAlone() throws Exception {
        site.release(Shop.Kind.HANGS);
        var deploy = site.cli().umask("000").start("deploy", "open");
        assertTrue(ShopSite.await(60, () -> site.inside().ask(Command.script(
                "ls /var/lib/dragonfab/shop/rollback/armed /etc/systemd/system/dragonfab-rollback-shop.timer"
                        + " /var/lib/dragonfab/shop/step/pid"))
                .ok()));

        var open = openToOthers();

        assertEquals(1, deploy.waitFor());
        assertClosed(open);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"lock", "step.lock", "maintenance.lock"})
    void nobodyElseHoldsALock(String lock) {
        var held = site.inside().ask(Command.script("runuser -u nobody -- flock -n \"$1\" true",
                "/var/lib/dragonfab/shop/" + lock).asRoot());

        assertFalse(held.ok(), held.out());
        assertTrue(held.err().contains("Permission denied"), held.err());
    }

    /** As one of before left it by a umask of 000. */
    @Test
    @Order(4)
    void anInstallationThatWasOpenIsClosedByTheNextCommandAndWhatOthersPutThereIsNotRun() throws Exception {
        leaveOpen("line", "touch /planted");

        ShopSite.assertWell(site.cli().run("lock", "open", "hold"));
        ShopSite.assertWell(site.cli().run("lock", "open", "release"));
        assertClosed(openToOthers());

        leaveOpen("go", "touch /planted");
        site.cli().run("heal", "open");

        assertFalse(site.inside().ask(Command.of("test", "-e", "/planted")).ok());
        assertClosed(openToOthers());
        site.release(Shop.Kind.GOOD);
        ShopSite.assertWell(site.cli().run("deploy", "open", "--allow-no-rollback"));
    }

    /** lxc-attach hands the client's umask on, and so do copies of a template. */
    @ParameterizedTest
    @Order(5)
    @ValueSource(strings = {"000", "077"})
    void aContainerIsMadeAndUsedByAUmaskOfItsOwn(String umask) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-doors");
        Files.writeString(folder.resolve("environments.yml"), "environments: {lab: {lxc: " + Lab.PREFIX + "made}}\n");
        var cli = Cli.in(folder).umask(umask);
        try {
            ShopSite.assertWell(cli.run("lxc", "lab", "create"));
            ShopSite.assertWell(cli.run("run", "lab", "touch /root/by-run"));

            assertEquals("755 / 644 /etc/hosts 600 /etc/ssh/ssh_host_ed25519_key 644 /root/by-run",
                    new ContainerShell(Lab.HERE, Lab.PREFIX + "made").read(Command.of("stat", "-c", "%a %n", "/",
                            "/etc/hosts", "/etc/ssh/ssh_host_ed25519_key", "/root/by-run"))
                            .replace("\n", " "));
            assertEquals("700 root /run/dragonfab", Lab.HERE.read(Command.script(
                    "stat -c '%a %U %n' /run/dragonfab; ls -d \"/run/lock/dragonfab-lxc-$1\" 2>/dev/null || true",
                    Lab.PREFIX + "made")));
        } finally {
            Lab.remove("made");
        }
    }

    /** A package that another could put in its place would be deployed. */
    @Test
    @Order(6)
    void whatIsKeptHereIsNotForOthersToWriteAndPlansNotToRead() throws Exception {
        site.release(Shop.Kind.GOOD);
        ShopSite.assertWell(site.cli().umask("000").run("deploy", "open", "--plan"));

        var plans = site.cli().folder().resolve(".dragonfab");
        try (var files = Files.walk(plans)) {
            var open = new ArrayList<String>();
            for (var file : files.toList()) {
                var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (mode.charAt(7) == 'w' || file.startsWith(plans.resolve("plans")) && !mode.endsWith("------")) {
                    open.add(mode + " " + file);
                }
            }
            assertEquals(List.of(), open);
        }
    }

    private static final String POISON = "p0is0n";
    /** Those that may say what they read; all of them by -Ddragonfab.long=true. */
    private static final List<String> ASKING = List.of("status", "test", "releases", "doctor", "env", "logs", "heal");

    /** A secret in each key that takes one; the values of variables and files, of commands, and in clear text. */
    private static void poison() throws IOException {
        var folder = site.cli().folder();
        Files.writeString(folder.resolve("poisoned"), "p0is0n-health\n");
        Files.writeString(folder.resolve("answers"), """
                shop shop/password password ${env:POISON_ANSWER}
                shop shop/token string ${vars.token}
                shop shop/plain password p0is0n-plain
                """);
        Files.writeString(folder.resolve("poison.yml"), """
                environments:
                  poison:
                    lxc: %s
                    package_name: shop
                    remote_path: /usr/lib/shop
                    app_user: root
                    app_env: {APP_TOKEN: "${env:POISON_APP}", OTHER: "${cmd:printf p0; echo is0n-command}"}
                    manage: sh -c 'test -n "$APP_TOKEN"; echo "it is $APP_TOKEN"'
                    db_migrate: ./migrate
                    db_migrate_pending: ./pending
                    tests: ['case "$APP_TOKEN$OTHER" in *0is0n-app*0is0n-command) ;; *) exit 1 ;; esac']
                    url: http://visitor:${env:POISON_URL}@shop.test/
                    health: {url: "/?token=${file:poisoned}", contains: "release ${version}"}
                    checks: [{url: "/?check=${cmd:printf p0; echo is0n-check}", host: "${env:POISON_HOST}"}]
                    health_timeout: 10
                    sudo_password: ${env:POISON_SUDO}
                    db_name: shop
                    db_host: db.invalid
                    db_password: p0is0n-in-clear
                    dba_password: ${env:POISON_DBA}
                    debconf: answers
                    vars: {token: "${env:POISON_VAR}"}
                    dump_before_migrate: false
                    deploy: [web-mode maintenance, deb-deploy, db-migrate, test, web-mode live]
                """.formatted(site.container()));
    }

    private static Cli poisoned(Path trace) {
        var cli = site.cli().traced(trace);
        for (var name : List.of("ANSWER", "APP", "URL", "HOST", "SUDO", "DBA", "VAR")) {
            cli.with("POISON_" + name, name.equals("APP") ? "p0is0n-app" : "p0is0n-" + name.toLowerCase());
        }
        return cli;
    }

    private static Cli.Ran poisonedRun(ExecTrace trace, String script, String... words) {
        var all = new ArrayList<>(List.of("poison", "--file", "poison.yml"));
        all.addAll(List.of(words));
        return poisoned(trace.client()).run(script, all.toArray(String[]::new));
    }

    @Test
    @Order(7)
    void noSecretIsAmongTheArgumentsOfAnyProgramNorInWhatIsSaidNorLeftForOthers() throws Exception {
        poison();
        site.release(Shop.Kind.MIGRATES);
        Lab.run(site.inside(), "echo poison > /root/begun");
        try (var trace = ExecTrace.of(site.container())) {
            var said = new ArrayList<Cli.Ran>();
            said.add(poisonedRun(trace, "deploy", "-v"));
            ShopSite.assertWell(said.get(0));
            for (var script : Boolean.getBoolean("dragonfab.long") ? ASKING : ASKING.subList(0, 2)) {
                said.add(poisonedRun(trace, script, script.equals("logs") ? "--lines=5" : "-v"));
            }
            said.add(poisonedRun(trace, "manage", "-v", "check"));
            said.add(poisonedRun(trace, "run", "printf 'p0is%s ' 0n-in-clear 0n-dba 0n-var"));
            said.add(poisonedRun(trace, "web-mode", "maintenance", "-v"));
            said.add(poisonedRun(trace, "web-mode", "live", "--json"));
            said.add(poisonedRun(trace, "db-dump"));
            said.add(buildWithWheels(trace));
            cutOffWhileTheTargetJudges(trace);

            assertTrue(trace.seen() > 200, String.valueOf(trace.seen()));
            assertEquals(List.of(), trace.startedWith(POISON));
            for (var ran : said) {
                assertFalse(ran.toString().replace(ran.command(), "").contains(POISON), ran.toString());
            }
            assertTrue(said.get(0).err().contains("shop/token"), said.get(0).err());
        }
        assertEquals("", site.inside().ask(Command.script("runuser -u nobody -- grep -rlsF \"$1\" /etc /var /run /tmp"
                + " /root /home /usr/lib/shop | grep -v '^/var/cache/debconf/config.dat'", POISON).asRoot()).out());
        assertFalse(site.inside().read(Command.of("cat", "/var/lib/dragonfab/shop/journal").asRoot()).contains(POISON));
    }

    /** It comes as far as pip, which has nothing to do. */
    private static Cli.Ran buildWithWheels(ExecTrace trace) throws IOException {
        var folder = Files.createTempDirectory("dragonfab-wheels");
        ShopProgram.write(folder.resolve("debian/control"), """
                Source: shop
                Maintainer: Test <test@example.org>

                Package: shop
                Architecture: all
                Description: a shop
                """);
        ShopProgram.write(folder.resolve("debian/changelog"), "shop (1.0) unstable; urgency=low\n\n  * New.\n\n"
                + " -- Test <test@example.org>  Thu, 01 Jan 2026 00:00:00 +0000\n");
        ShopProgram.write(folder.resolve("environments.yml"), "environments: {poison: {hosts: [], build: host,"
                + " wheel: true, wheelserver: \"https://user:${env:POISON_WHEEL}@wheels.test/simple\"}}\n");
        var built = Cli.in(folder).traced(trace.client()).with("POISON_WHEEL", "p0is0n-wheel")
                .run("deb-build", "poison", "-v");
        assertFalse(trace.startedWith("\"https://wheels.test/simple\"").isEmpty(), built.toString());
        return built;
    }

    /** Where a schema went on and the client is gone, the target asks the site by itself. */
    private static void cutOffWhileTheTargetJudges(ExecTrace trace) throws Exception {
        site.release(Shop.Kind.MIGRATES);
        var deploy = new Process[1];
        deploy[0] = poisoned(trace.client()).follow(line -> {
            if (line.contains("bring the site back")) {
                deploy[0].descendants().forEach(ProcessHandle::destroyForcibly);
            }
        }, "deploy", "poison", "--file", "poison.yml");
        deploy[0].waitFor();
        assertTrue(ShopSite.await(90, () -> site.left().isEmpty()), site.left());
        assertTrue(site.status().contains("\"journal\":\"in sync\""), site.status());
    }

    /** The test before finds a leak where there is one. */
    @Test
    @Order(8)
    void aLeakIsSeen() throws Exception {
        poison();
        Files.createDirectories(changes.resolve("dragonfab/health/http"));
        Files.writeString(changes.resolve("dragonfab/health/http/ask.sh"), """
                IFS= read -r url && /bin/true "$url"
                printf '200\\n'; seq -f 'release %g.0' 1 99
                """);
        site.change(changes);
        try (var trace = ExecTrace.of(site.container())) {
            poisonedRun(trace, "test");

            assertTrue(trace.startedWith("p0is0n-health").stream().anyMatch(line -> line.contains("/bin/true")),
                    trace.startedWith(POISON).toString());
        } finally {
            site.change(null);
        }
    }

    /** A step that hangs is ended, and told of without the text of what carried it. */
    @Test
    @Order(9)
    void aFailureNamesAScriptAndDoesNotRepeatItsText() throws Exception {
        ShopSite.assertWell(site.cli().run("deploy", "closed"));
        Lab.run(site.inside(), "mv /usr/bin/dpkg-query /usr/bin/dpkg-query.real; printf '#!/bin/sh\\nsleep 20\\n'"
                + " > /usr/bin/dpkg-query; chmod 755 /usr/bin/dpkg-query");
        try {
            site.release(Shop.Kind.GOOD);
            var hanging = site.cli().run("deploy", "open", "--timeout", "6");

            assertFalse(hanging.exit() == 0, hanging.toString());
            assertNoScript(hanging);
        } finally {
            Lab.run(site.inside(), "mv /usr/bin/dpkg-query.real /usr/bin/dpkg-query");
            site.cli().run("heal", "open");
        }
        var failing = site.cli().run("run", "open", "exit 3");
        assertNoScript(failing);
    }

    private static void assertNoScript(Cli.Ran ran) {
        for (var text : List.of("set -eu", "# usage", "umask 0", "$1", "exec \"$@\"", "--clear-env")) {
            assertFalse(ran.toString().contains(text), text + " in " + ran);
        }
    }

    /** A target that was taken over cannot steer the terminal of whoever deploys to it, nor pose as us. */
    @Test
    @Order(10)
    void whatATargetSaysIsDataAndNeverSteersATerminal() throws Exception {
        var esc = "\u001b";
        Lab.run(site.inside(), """
                printf '{"id":"x","at":"2026-01-01T00:00:00Z","event":"outcome","outcome":"\\033[31mred"}\\n' \\
                    >> /var/lib/dragonfab/shop/journal
                printf '{"by":"\\\\u001b]0;title\\\\u0007mallory","what":"\\\\u001b[2J"}\\nstep forged\\nhold {}\\n' \\
                    > /var/lib/dragonfab/shop/hold
                """);
        try {
            for (var script : List.of("status", "releases", "deploy", "doctor")) {
                var ran = site.cli().run(script, "open");
                assertFalse(ran.toString().contains(esc), ran.toString().replace(esc, "ESC"));
                assertFalse(ran.toString().contains("forged"), ran.toString());
            }
            assertTrue(site.status().contains("mallory"), site.status());
        } finally {
            Lab.run(site.inside(), "cd /var/lib/dragonfab/shop; rm hold; sed -i '/\"id\":\"x\"/d' journal");
        }
    }
}
