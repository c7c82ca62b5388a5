package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Environments;
import dragonfab.files.Checksum;
import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebModeTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__:
                package_name: guestbook
                site_name: guestbook.test
              one:
                hosts: app1.test
              two:
                hosts: [app1.test, app2.test]
              hooked:
                hosts: app1.test
                web_server: none
                web_hook: {at: front.test, run: './site "$@"'}
              bare:
                hosts: app1.test
                web_server: none
            """;
    static final String FACTS = "[root] maintenance-facts guestbook nginx guestbook.test";
    static final String OPEN = "[root] maintenance-open guestbook nginx";
    static final String INCLUDED = "server yes\nsite\tyes\town\t/etc/nginx/site.conf:3\tguestbook.test\t\n";
    static final String MISSING = "server yes\nsite\tno\town\t/etc/nginx/site.conf:3\tguestbook.test\t\n";
    static final String ADMIN = "site\tno\town\t/etc/nginx/site.conf:9\tadmin.guestbook.test\tapp\n";
    private static final String THREE_DAYS_AGO = Instant.now().minus(Duration.ofHours(75)).toString();
    static final String LIVE = "shown live http answers 200\n";

    final ScriptedConnector world = new ScriptedConnector();

    @TempDir
    Path folder;

    Maintenance maintenance;

    @BeforeEach
    void read() throws IOException {
        var file = Files.writeString(folder.resolve("environments.yml"), ENVIRONMENTS);
        maintenance = Maintenance.of(Environments.load(file).environment("one", Map.of()));
    }

    @Test
    void givesTheRulesOnceAndThenCloses() {
        facts("app1.test", INCLUDED + LIVE, closed("since", ""));

        var launch = mode("one", "maintenance");

        assertEquals("""
                changed    app1.test: give nginx the rules of maintenance
                unchanged  app1.test: put the site into maintenance
                unchanged  app1.test: check what visitors see
                1 changed, 2 unchanged
                """, launch.out(), launch.err());
        assertEquals(0, launch.exit());
        var changes = world.at("app1.test").changes();
        assertTrue(changes.startsWith("$ [root] maintenance-rules guestbook nginx "), changes);
        assertTrue(changes.contains("$ [root] maintenance-close guestbook nginx '{\"since\":\""), changes);
    }

    @Test
    void laterTouchesTheFlagOnly() {
        facts("app1.test", INCLUDED + ready() + LIVE, closed("since", ""));

        mode("one", "maintenance", "--message", "<b>back</b> at 5 & not \"before\"");

        var changes = world.at("app1.test").changes();
        assertEquals(1, changes.lines().filter(line -> line.startsWith("$")).count(), changes);
        assertTrue(changes.contains("&lt;b&gt;back&lt;/b&gt; at 5 &amp; not &quot;before&quot;"), changes);
        assertTrue(changes.contains("\"message\":\"<b>back<\\/b> at 5 & not \\\"before\\\"\",\"r"), changes);
    }

    @Test
    void hasNothingToDoWhenTheSiteIsInThatModeAlready() {
        facts("app1.test", closed(THREE_DAYS_AGO, "by hand"));
        assertEquals("""
                unchanged  app1.test: put the site into maintenance: it is: 3 days ago by ann@home
                1 unchanged
                """, mode("one", "maintenance").out());

        facts("app2.test", INCLUDED + LIVE);
        assertEquals("unchanged  app2.test: bring the site back: it is live\n1 unchanged\n",
                mode("two", "live", "--host", "app2.test").out());
        assertEquals("", world.changes());
    }

    @Test
    void aDryRunOnlyAsks() {
        facts("app1.test", INCLUDED + ready() + LIVE);

        var launch = mode("one", "maintenance", "-n");

        assertTrue(launch.out().startsWith("planned    app1.test: put the site into maintenance\n"),
                launch.out());
        assertTrue(launch.out().endsWith("2 planned\n"), launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void aDryRunShowsScriptsByTheirNamesUnlessAllIsAskedFor() {
        facts("app1.test", INCLUDED + ready() + LIVE);

        var folded = mode("one", "maintenance", "-n").out();
        var whole = mode("one", "maintenance", "-n", "-v").out();

        assertTrue(folded.contains("\n  as root: script "), folded);
        assertTrue(folded.lines().allMatch(line -> line.matches("planned .*|  as root: script .*|2 planned")), folded);
        assertTrue(whole.contains(" sh -c '"), whole);
    }

    @Test
    void oneHostWithoutTheLineLeavesAllAlone() {
        facts("app1.test", INCLUDED + ready() + LIVE);
        facts("app2.test", "package yes\n" + MISSING + "shown unknown nobody tells\n");

        var launch = mode("two", "maintenance");

        assertEquals(3, launch.exit());
        assertEquals("""
                web-mode: app2.test: no server block of nginx includes the rules of maintenance
                try: put this line first into the site's server block (/etc/nginx/site.conf:3): \
                include /etc/nginx/dragonfab/guestbook/*.conf;
                """, launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void aBlockThatWouldStayOpenIsNamedAndRefused() {
        facts("app1.test", INCLUDED + ready() + ADMIN + LIVE);

        var launch = mode("one", "maintenance");

        assertEquals(3, launch.exit());
        assertEquals("""
                web-mode: app1.test: nginx would still let visitors through to the application
                  /etc/nginx/site.conf:9 (admin.guestbook.test) has not the line
                try: put this line first into each server block of these: include /etc/nginx/dragonfab/guestbook/*.conf; \
                (or name those that are to stay open in maintenance_open)
                """, launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void unlessItIsToStayOpen() {
        facts("app1.test", INCLUDED + ready() + ADMIN + LIVE, closed("since", ""));

        assertEquals(0, mode("one", "maintenance", "--set", "maintenance_open=[admin.guestbook.test]").exit());
    }

    @Test
    void theStatusSaysWhatStaysOpenAndWhatCannotBeTold() {
        facts("app1.test", closed(THREE_DAYS_AGO, "") + ADMIN + "untold https://guestbook.test:443 asks for a client"
                + " certificate\n");

        var out = mode("one", "status", "--json").out();
        assertTrue(out.contains("\"visitors\":\"mixed\""), out);
        assertTrue(out.contains("\"why\":\"/etc/nginx/site.conf:9 (admin.guestbook.test) has not the line; "
                + "https://guestbook.test:443 asks for a client certificate\""), out);
    }

    @Test
    void aConfigurationThatIsBrokenElsewhereIsLeftAlone() {
        facts("app1.test", "package yes\nserver yes\nbroken unknown directive \"lissen\"\nshown unknown\n");

        var launch = mode("one", "maintenance");

        assertEquals(3, launch.exit());
        assertEquals("""
                web-mode: app1.test: nginx refuses its configuration as it is
                  unknown directive "lissen"
                try: mend what nginx names, then the same command again
                """, launch.err());
        assertEquals("", world.changes());
    }

    @Test
    void butASiteThatHasTheRulesCanBeClosedInSpiteOfIt() {
        facts("app1.test", "package yes\nserver yes\n" + ready()
                + "broken bad\nshown unknown it is broken\n");

        var launch = mode("one", "maintenance");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                warning: app1.test: nginx would not start again with its configuration: bad
                warning: app1.test: done, but nobody can say what visitors see: it is broken
                """, launch.err());
    }

    @Test
    void beforeAFirstDeployThereIsNothingToClose() {
        facts("app1.test", "server yes\nsite\tno\tdefault\t/etc/nginx/default:3\t_\t\nshown unknown\n");

        var launch = mode("one", "maintenance");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                unchanged  app1.test: put the site into maintenance: there is no site yet
                1 unchanged
                """, launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void aClosingThatFailsOnOneHostIsTakenBackOnAll() {
        facts("app1.test", INCLUDED + ready() + LIVE, closed("now", ""), closed("now", ""),
                INCLUDED + ready() + LIVE);
        facts("app2.test", INCLUDED + ready().replace("loaded ", "loaded not ") + LIVE);
        var rules = "[root] maintenance-rules guestbook nginx " + mark() + " " + sizes();
        world.at("app2.test").answering(rules, 1, "", "no space left\n");

        var launch = mode("two", "maintenance");

        assertEquals(1, launch.exit(), launch.err());
        assertTrue(launch.err().contains("no space left"), launch.err());
        assertTrue(world.at("app1.test").changes().endsWith("$ " + OPEN + "\n"), world.changes());
    }

    @Test
    void theStatusIsARowForEachHost() {
        facts("app1.test", closed(THREE_DAYS_AGO, "by hand"));
        facts("app2.test", INCLUDED + LIVE);

        assertEquals("""
                host       mode         visitors     since       by        message  why
                app1.test  maintenance  maintenance  3 days ago  ann@home  by hand
                app2.test  live         live
                """, mode("two", "status").out());
    }

    @Test
    void withoutAWebServerThereIsNobodyToShowThePage() {
        var launch = mode("bare", "maintenance");

        assertEquals(2, launch.exit());
        assertEquals("""
                web-mode: environments.yml: bare: web_server is none, and it is the web server that shows the \
                maintenance page
                try: set web_server to nginx, apache or caddy, or give it a web_hook that closes the site
                """, launch.err());
    }

    @Test
    void commandsOfTheProjectOpenAndCloseASiteThatIsNotReachedHere() {
        world.at("front.test").answering("sh -c './site \"$@\"' sh status app1.test ''", "live\n")
                .answering("sh -c './site \"$@\"' sh status app1.test ''", "busy\nmaintenance\n");

        var launch = mode("hooked", "maintenance", "--message", "back at 5");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("$ sh -c './site \"$@\"' sh maintenance app1.test 'back at 5'\n",
                world.at("front.test").changes());
        assertEquals("", world.at("app1.test").changes());
        assertTrue(mode("hooked", "status").out().contains("app1.test  maintenance  maintenance"));
    }

    @Test
    void aHookThatDoesNotSayTheModeIsRefused() {
        world.at("front.test").answering("sh -c './site \"$@\"' sh status app1.test ''", "who knows\n");
        assertEquals(3, mode("hooked", "maintenance").exit());
        assertEquals("", world.at("front.test").changes());
        assertTrue(mode("hooked", "status").out().contains("web_hook says \"who knows\" for status"));
    }

    @Test
    void aHookThatFailsIsTakenBack() {
        world.at("front.test").answering("sh -c './site \"$@\"' sh status app1.test ''", "live\n");
        world.at("front.test").answering("sh -c './site \"$@\"' sh maintenance app1.test ''", 1, "",
                "no such backend\n");
        var launch = mode("hooked", "maintenance");
        assertEquals(1, launch.exit());
        assertTrue(launch.err().contains("no such backend"), launch.err());
        assertTrue(world.at("front.test").changes().endsWith(" sh live app1.test ''\n"), world.changes());
    }

    @Test
    void whatRunsWithAnOlderConfigurationReadsItAgain() {
        facts("app1.test", INCLUDED + ready() + "stale /etc/nginx/site.conf is newer\n" + LIVE, closed("since", ""));

        assertEquals(0, mode("one", "maintenance").exit());
        assertTrue(world.at("app1.test").changes().startsWith("$ [root] maintenance-rules guestbook nginx "));
    }

    @Test
    void theAddressesThatPassGoWhereNginxReadsThem() {
        facts("app1.test", INCLUDED + "access /etc/nginx/sites/dragonfab-guestbook.conf\n" + LIVE, closed("since", ""));
        assertEquals(0, mode("one", "maintenance").exit());
        assertTrue(world.at("app1.test").changes().contains(" /etc/nginx/sites/dragonfab-guestbook.conf\n"),
                world.changes());

        facts("app2.test", INCLUDED + "access none /etc/nginx/nginx.conf\n" + LIVE);
        var launch = mode("two", "maintenance", "--host", "app2.test");
        assertEquals(3, launch.exit());
        assertTrue(launch.err().contains("put this line into the http block of /etc/nginx/nginx.conf: include"
                + " /etc/nginx/conf.d/dragonfab-*.conf;"), launch.err());
    }

    private String mark() {
        return ready().substring("rules ".length(), ready().indexOf('\n'));
    }

    private String sizes() {
        return maintenance.rules().rules().length() + " " + maintenance.rules().access().length();
    }

    /** The running web server has the rules of this environment. */
    private String ready() {
        var mark = Checksum.of(maintenance.rules().rules() + maintenance.rules().access());
        return "rules " + mark + "\nloaded " + mark + "\n";
    }

    private String closed(String since, String message) {
        var page = Checksum.of(maintenance.page().html(message) + maintenance.page().json(message));
        return INCLUDED + ready() + "page " + page + "\nnotice {\"since\":\"" + since
                + "\",\"by\":\"ann@home\",\"message\":\"" + message + "\"}\nshown maintenance http answers 503\n";
    }

    private void facts(String host, String... answers) {
        for (var answer : answers) {
            world.at(host).answering(FACTS, answer);
        }
    }

    private Launch mode(String... arguments) {
        return Launch.of(ENVIRONMENTS, "web-mode", world, arguments);
    }
}
