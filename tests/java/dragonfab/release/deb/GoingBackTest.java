package dragonfab.release.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a release brought that is left goes with it, and what was there before is there again. */
@OnContainers
class GoingBackTest {
    private static final String SERVICE = "[Service]\nExecStart=/bin/sleep 90000";
    private static final String RESTART = "[ \"$1\" = configure ] || exit 0\nsystemctl daemon-reload\n"
            + "systemctl enable --quiet UNIT\nsystemctl restart UNIT";
    private static BrokenPackages there;

    @BeforeAll
    static void start() throws IOException {
        there = BrokenPackages.start("goingback", """
                __all__: {lxc: %s, package_name: app, web_server: none}
                good: {}
                fails: {deploy: [deb-deploy, {run: "false"}]}
                edited: {deploy: [deb-deploy, {run: "echo edited >> /etc/cron.d/app"}, {run: "false"}]}
                nothing: {deploy: [{local: "false"}, deb-deploy]}
                """);
        var helper = there.deb("helper", "1.0").unit("helper.service", SERVICE)
                .conffile("/etc/helper/helper.conf", "x\n")
                .script("postinst", RESTART.replace("UNIT", "helper.service"))
                .script("postrm", "[ \"$1\" != purge ] || rm -rf /etc/helper").build();
        there.publish(helper);
    }

    @AfterAll
    static void stop() {
        there.close();
    }

    @BeforeEach
    @AfterEach
    void fresh() {
        Lab.run(there.inside(), """
                systemctl stop app.socket app.service helper.service 2>/dev/null || true
                rm -f /var/lib/dpkg/info/app.prerm
                dpkg --purge --force-all app helper >/dev/null 2>&1
                find /etc/systemd/system -name 'app*' -delete
                rm -rf /var/lib/dragonfab/app /etc/cron.d/app /etc/helper
                """);
    }

    private static BrokenPackages.Deb app(String version) {
        return there.deb("app", version).unit("app.service", SERVICE)
                .script("postinst", RESTART.replace("UNIT", "app.service"));
    }

    private static BrokenPackages.Deb bringing(String version) {
        return app(version).conffile("/etc/cron.d/app", "# " + version + "\n").field("Depends: helper");
    }

    private static void assertNothingOfHelper() {
        assertEquals("", there.state("helper"));
        assertEquals("inactive", there.ask("systemctl is-active helper.service"));
        assertEquals("", there.ask("find /etc/systemd/system -name 'helper*'; ls -d /etc/helper"));
    }

    @Test
    void whatCameWithAFailedReleaseGoesWithItAndCanComeAgain() throws IOException {
        there.well("deb-deploy", "good", app("1.0").build().toString());
        var bad = bringing("1.1").build();
        Lab.run(there.inside(), "rm -rf /etc/helper; mkdir /etc/helper; echo mine > /etc/helper/own.conf");

        newest(bad);
        var failed = there.ends(1, "deploy", "fails");

        assertTrue(failed.out().contains("as before again"), failed.toString());
        assertEquals("ii 1.0", there.state("app"));
        assertEquals("", there.ask("ls /etc/cron.d/app"));
        assertEquals("", there.state("helper"));
        assertEquals("inactive", there.ask("systemctl is-active helper.service"));
        assertEquals("own.conf", there.ask("ls /etc/helper"));

        there.well("deb-deploy", "good", bringing("1.2").build().toString());
        assertEquals("# 1.2", there.ask("cat /etc/cron.d/app"));
        assertEquals("x", there.ask("cat /etc/helper/helper.conf"));
        assertEquals("active", there.ask("systemctl is-active helper.service"));

        there.well("rollback", "good");
        assertEquals("ii 1.0", there.state("app"));
        assertEquals("", there.ask("ls /etc/cron.d/app"));
    }

    /** Of Debian's own packages: a web server that came with a release serves no more when that has failed. */
    @Tag("long")
    @Test
    void aWebServerThatCameWithAFailedReleaseServesNoMore() throws IOException {
        there.well("deb-deploy", "good", app("1.0").build().toString());
        newest(site("1.1").build());

        var failed = there.ends(1, "deploy", "fails");

        assertTrue(failed.out().contains("as before again"), failed.toString());
        assertEquals("", there.ask("dpkg-query -W -f '${db:Status-Abbrev} ${Package}\\n' '*nginx*' | grep -v ^un"));
        assertEquals("", there.ask("ls /etc/nginx/conf.d/app.conf; curl -s http://localhost:8088/"));

        there.well("deb-deploy", "good", site("1.2").build().toString());
        assertEquals("1.2", there.ask("systemctl reload nginx; curl -s http://localhost:8088/version"));

        there.well("rollback", "good");
        assertEquals("", there.ask("ls /etc/nginx/conf.d/app.conf; sleep 1; curl -s http://localhost:8088/version"));
        Lab.run(there.inside(), "apt-get -y -q purge 'nginx*'");
    }

    private static BrokenPackages.Deb site(String version) {
        return app(version).field("Depends: nginx-light").conffile("/etc/nginx/conf.d/app.conf",
                "server { listen 8088; root /usr/share/app; }\n");
    }

    @Test
    void whatSomebodyEditedMeanwhileStaysAndIsNamed() throws IOException {
        there.well("deb-deploy", "good", app("1.0").build().toString());
        newest(bringing("1.1").build());

        var failed = there.ends(4, "deploy", "edited");

        assertTrue((failed.out() + failed.err()).contains("/etc/cron.d/app came with app and was edited"),
                failed.toString());
        assertFalse(failed.out().contains("as before again"), failed.toString());
        assertEquals("ii 1.0", there.state("app"));
        assertEquals("# 1.1\nedited", there.ask("cat /etc/cron.d/app"));
    }

    @Test
    void afterAFirstReleaseThatFailedNothingOfItIsThere() throws IOException {
        newest(bringing("1.0").build());

        there.ends(1, "deploy", "fails");

        assertEquals("", there.state("app"));
        assertEquals("", there.ask("ls /etc/cron.d/app; find /etc/systemd/system -name 'app*'"));
        assertEquals("inactive", there.ask("systemctl is-active app.service"));
        assertNothingOfHelper();

        there.well("deb-deploy", "good", bringing("1.1").build().toString());
        assertEquals("# 1.1", there.ask("cat /etc/cron.d/app"));
        assertEquals("x", there.ask("cat /etc/helper/helper.conf"));
    }

    @Test
    void aFirstReleaseThatCannotBeConfiguredGoesToo() throws IOException {
        var failed = there.ends(1, "deb-deploy", "good", bringing("1.0").script("postinst", "exit 1").build()
                .toString());

        assertTrue(failed.out().contains("as before again"), failed.toString());
        assertEquals("", there.state("app"));
        assertNothingOfHelper();
    }

    @Test
    void whatCannotBeRemovedIsNamed() throws IOException {
        newest(bringing("1.0").script("prerm", "exit 1").build());

        var failed = there.ends(4, "deploy", "fails");

        assertTrue((failed.out() + failed.err()).contains("app could not be removed"), failed.toString());
    }

    @Test
    void whatWasRemovedBeforeIsAsItWasAfterAFirstReleaseThatFailed() throws IOException {
        there.dpkg("-i", there.deb("app", "0.9").conffile("/etc/app.conf", "old\n").build());
        Lab.run(there.inside(), "dpkg -r app");
        assertEquals("rc 0.9", there.state("app"));
        newest(app("1.0").conffile("/etc/app.conf", "old\n").build());

        there.ends(1, "deploy", "fails");

        assertEquals("rc", there.state("app").substring(0, 2));
        assertEquals("old", there.ask("cat /etc/app.conf"));
        Lab.run(there.inside(), "dpkg --purge app");
    }

    @Test
    void aFirstStepThatFailsTouchesNothing() throws IOException {
        there.well("deb-deploy", "good", app("1.0").build().toString());
        var before = there.ask("systemctl show -p MainPID app.service; cat /var/log/dpkg.log");

        var failed = there.ends(1, "deploy", "nothing");

        assertTrue(failed.out().contains("as before again"), failed.toString());
        assertEquals(before, there.ask("systemctl show -p MainPID app.service; cat /var/log/dpkg.log"));
    }

    /** dpkg asks the old one and then the new one, and unpacks nothing where both fail. */
    @Test
    void whatLetsNothingReplaceItGoesOnRunning() throws IOException {
        there.well("deb-deploy", "good", app("1.0").script("prerm", "exit 1").build().toString());
        var before = there.ask("systemctl show -p MainPID app.service");

        var failed = there.ends(1, "deb-deploy", "good", bringing("1.1").build().toString());

        assertTrue(failed.out().contains("as before again"), failed.toString());
        assertEquals(before, there.ask("systemctl show -p MainPID app.service"));
        assertNothingOfHelper();
        there.well("heal", "good");
        there.well("deb-deploy", "good",
                app("1.2").script("prerm", "[ \"$1\" = failed-upgrade ] || exit 1").build().toString());
        assertEquals("ii 1.2", there.state("app"));
    }

    /** A socket that has hit its limit starts no more, whichever release comes. */
    @Test
    void unitsThatABadReleaseLeftFailedStartAgain() throws IOException {
        there.well("deb-deploy", "good", served("1.0", "/bin/cat").build().toString());
        var bad = served("1.1", "/bin/false");

        var failed = there.ends(1, "deb-deploy", "good", bad.script("postinst", """
                systemctl daemon-reload
                systemctl restart app.socket
                for i in $(seq 60); do
                    perl -MIO::Socket::INET -e 'IO::Socket::INET->new("127.0.0.1:8099")' || true
                    systemctl is-failed --quiet app.socket && break || sleep 0.1
                done
                systemctl is-failed app.socket
                exit 1""").build().toString());

        assertTrue(failed.out().contains("as before again"), failed.toString());
        assertEquals("active", there.ask("systemctl is-active app.socket"));
        there.well("deb-deploy", "good", served("1.2", "/bin/cat").build().toString());
    }

    private static BrokenPackages.Deb served(String version, String program) {
        return there.deb("app", version)
                .unit("app.socket", "[Socket]\nListenStream=127.0.0.1:8099\nAccept=no")
                .with("/lib/systemd/system/app.service", "[Service]\nExecStart=" + program + "\nStandardInput=socket\n")
                .script("postinst", RESTART.replace("restart UNIT", "start UNIT").replace("UNIT", "app.socket"));
    }

    /** A release that gives its unit another name. */
    @Test
    void aUnitThatOnlyTheFailedReleaseHadIsGone() throws IOException {
        there.well("deb-deploy", "good", app("1.0").build().toString());

        there.ends(1, "deb-deploy", "good", there.deb("app", "1.1").unit("app-new.service", SERVICE)
                .script("postinst", RESTART.replace("UNIT", "app-new.service") + "\nsystemctl kill -s KILL app\nexit 1")
                .build().toString());

        assertEquals("active", there.ask("systemctl is-active app.service"));
        assertEquals("inactive", there.ask("systemctl is-active app-new.service"));
        assertEquals("", there.ask("systemctl --failed --plain --no-legend; find /etc/systemd -name 'app-new*'"));
    }

    @Test
    void passwordsAreThereAgainAndNowhereElse() throws IOException {
        Files.writeString(there.folder().resolve("answers"), "app app/secret password s3cret-1\n"
                + "app app/text string one\n");
        var debconf = new String[] {"--set", "debconf=answers"};
        there.well("deb-deploy", with(debconf, asking("1.0", "").build()));
        assertEquals("[s3cret-1] [one]", there.ask("cat /etc/app.out"));
        Files.writeString(there.folder().resolve("answers"), "app app/secret password s3cret-2\n"
                + "app app/text string two\n");

        there.ends(1, "deb-deploy", with(debconf, asking("1.1", "exit 1").build()));
        assertEquals("[s3cret-1] [one]", there.ask("cat /etc/app.out"));
        assertOnlyKept();

        there.well("deb-deploy", with(debconf, asking("1.2", "").build()));
        assertEquals("[s3cret-2] [two]", there.ask("cat /etc/app.out"));
        there.well("rollback", "good");
        assertEquals("[s3cret-1] [one]", there.ask("cat /etc/app.out"));
        assertOnlyKept();

        // The environment answers otherwise than what runs was told.
        var again = there.run("deb-deploy", with(debconf, there.folder().resolve("app_1.0_all.deb")));
        assertEquals(0, again.exit(), again.toString());
        assertFalse(again.out().contains("it runs already"), again.toString());
        assertEquals("[s3cret-2] [two]", there.ask("cat /etc/app.out"));
    }

    private static String[] with(String[] options, Path deb) {
        return new String[] {"good", deb.toString(), options[0], options[1]};
    }

    private static BrokenPackages.Deb asking(String version, String more) {
        return there.deb("app", version)
                .with("/DEBIAN/templates", "Template: app/secret\nType: password\nDescription: secret\n\n"
                        + "Template: app/text\nType: string\nDescription: text\n")
                .script("config", ". /usr/share/debconf/confmodule\ndb_input high app/secret || true\n"
                        + "db_input high app/text || true\ndb_go || true")
                .script("postinst", ". /usr/share/debconf/confmodule\numask 077\ndb_get app/secret; secret=$RET\n"
                        + "db_get app/text; echo \"[$secret] [$RET]\" > /etc/app.out\n" + more);
    }

    private static void assertOnlyKept() {
        assertEquals("", there.ask("grep -rl s3cret /etc /var /run /tmp /root 2>/dev/null"
                + " | grep -v -e '^/etc/app.out$' -e '^/var/lib/dragonfab/app/answered/'"));
        assertEquals("", there.ask("cd /var/lib/dragonfab/app; find answered -type f -not -perm 0600;"
                + " find answered -type d -not -perm 0700"));
        assertEquals("", there.ask("grep s3cret /var/lib/dragonfab/app/rollback/line"));
    }

    /** What a sequence deploys. */
    private static void newest(Path deb) throws IOException {
        var folder = Files.createDirectories(there.folder().resolve("dist"));
        try (var old = Files.list(folder)) {
            for (var file : old.toList()) {
                Files.delete(file);
            }
        }
        Files.copy(deb, folder.resolve(deb.getFileName()));
    }
}
