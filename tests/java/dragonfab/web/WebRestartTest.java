package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;

class WebRestartTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__:
                package_name: guestbook
                hosts: app1.test
              plain: {}
              services:
                services: [guestbook.service, worker.service]
                web_server: apache
              named:
                web_restart: [guestbook.service, nginx.service]
              bare:
                web_server: none
            """;

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void restartsWhatThePackageBringsAndReloadsTheWebServer() {
        world.at("app1.test").answering("[root] web-restart guestbook nginx",
                "restarted guestbook.service\nreloaded nginx\n");

        assertEquals("""
                changed    app1.test: restart the services of guestbook
                note       app1.test: restarted guestbook.service
                note       app1.test: reloaded nginx
                1 changed
                """, restart("plain").out());
    }

    @Test
    void namesOfTheFileComeFirst() {
        restart("services");
        restart("named");
        restart("bare");

        assertEquals("""
                $ [root] web-restart guestbook apache guestbook.service worker.service
                $ [root] web-restart guestbook none guestbook.service nginx.service
                $ [root] web-restart guestbook none
                """, world.at("app1.test").changes());
    }

    @Test
    void whatBringsNothingToRestartIsRefused() {
        world.at("app1.test").answering("[root] web-restart guestbook none", 1, "",
                "nothing of guestbook can be restarted: it brings no unit that is enabled or runs\n");

        var launch = restart("bare");

        assertEquals(3, launch.exit());
        assertEquals("""
                web-restart: app1.test: nothing of guestbook can be restarted: it brings no unit that is enabled or runs
                try: name under services or web_restart what runs it
                """, launch.err());
    }

    @Test
    void aDryRunRestartsNothing() {
        assertEquals(0, restart("plain", "-n").exit());
        assertEquals("", world.changes());
    }

    @Test
    void aServiceThatDoesNotComeBackTakesAPerson() {
        world.at("app1.test").answering("[root] web-restart guestbook nginx", 1, "",
                "no database today\ndown guestbook.service is failed (exit-code)\n");

        var launch = restart("plain", "-q");

        assertEquals(4, launch.exit());
        assertEquals("try: jbang logs@dragonfab plain", launch.err().strip().lines().reduce("", (a, b) -> b));
    }

    @Test
    void aConfigurationThatIsRefusedLeavesAllRunning() {
        world.at("app1.test").answering("[root] web-restart guestbook nginx", 1, "", "unknown directive\n");

        assertEquals(1, restart("plain").exit());
    }

    private Launch restart(String... arguments) {
        return Launch.of(ENVIRONMENTS, "web-restart", world, arguments);
    }
}
