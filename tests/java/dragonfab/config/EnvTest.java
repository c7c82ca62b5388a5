package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;

class EnvTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__:
                package_name: guestbook
              lxc:
                lxc: guestbook-lxc
              staging:
                lxc: guestbook-staging
                lxc_host: deploy@titi.test
              production:
                hosts: [app1.test, "${env:A_HOST_THAT_NOBODY_SET}"]
                db_password: ${env:A_PASSWORD_THAT_NOBODY_SET}
                sudo_password: in clear text
                protected: true
            """;

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void listsTheEnvironmentsAndTheirTargets() {
        var launch = env();

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                environment  package    targets                                          protected
                lxc          guestbook  container guestbook-lxc                          no
                staging      guestbook  container guestbook-staging on deploy@titi.test  no
                production   guestbook  app1.test, ${env:A_HOST_THAT_NOBODY_SET}         yes
                """, launch.out());
    }

    @Test
    void printsAnEnvironmentWithoutFetchingOrTellingASecret() {
        var launch = env("production");

        assertEquals(0, launch.exit(), launch.err());
        assertTrue(launch.out().startsWith("key "), launch.out());
        assertTrue(launch.out().matches("(?s).*\nhosts +app1.test, \\$\\{env:A_HOST_THAT_NOBODY_SET}.*"), launch.out());
        assertTrue(launch.out().matches("(?s).*\ndb_password +\\*\\*\\* .*"), launch.out());
        assertFalse(launch.out().contains("clear text"), launch.out());
    }

    @Test
    void printsTheSameAsJson() {
        var launch = env("--json");

        assertEquals(3, launch.out().lines().filter(line -> line.contains("\"event\":\"row\"")).count(), launch.out());
        assertTrue(launch.out().contains("\"row\":{\"environment\":\"lxc\",\"package\":\"guestbook\","
                + "\"targets\":\"container guestbook-lxc\",\"protected\":\"no\"}"), launch.out());
    }

    @Test
    void printsTheSchemaWithoutAnEnvironmentsFile() {
        var launch = Launch.of("env", world, "--schema");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals(Schema.json(), launch.out());
    }

    @Test
    void namesTheEnvironmentsThatThereAre() {
        var launch = env("stagin");

        assertEquals(2, launch.exit());
        assertTrue(launch.err().contains("no environment stagin (did you mean staging?)"), launch.err());
    }

    private Launch env(String... arguments) {
        return Launch.of(ENVIRONMENTS, "env", world, arguments);
    }
}
