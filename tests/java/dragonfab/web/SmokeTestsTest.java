package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;

class SmokeTestsTest {
    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void aSiteThatFailsPointsToItsLogs() {
        world.at("app1.test").answering("package-running guestbook", "1.0")
                .answering("http-ask http://localhost/up '' ''", "500\n");

        var launch = Launch.of("""
                environments:
                  plain: {package_name: guestbook, hosts: app1.test, health: /up, health_timeout: 1}
                """, "test", world, "plain");

        assertEquals("""
                test: plain: 1 check failed
                  app1.test: see that the site is healthy: /up answers 500 and not 200 (waited 1 s)
                try: jbang logs@dragonfab plain
                """, launch.err());
    }
}
