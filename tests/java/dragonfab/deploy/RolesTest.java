package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.shell.ConnectionLost;
import dragonfab.target.ScriptedConnector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several hosts with roles and values of their own, and some that fail. */
class RolesTest {
    static final String FLEET = """
            environments:
              staging:
                remote_path: /srv/app
                db_migrate: migrate it
                hosts:
                  app1.test: {roles: app}
                  app2.test: {roles: [app, db], app_user: shop, app_env: {NODE: two}}
                  beat.test: {roles: beat}
                deploy:
                  - db-migrate
                  - {run: everywhere}
                  - {run: warm up, roles: app, once: true}
                  - {run: tick, roles: [beat, db]}
                  - {step: "manage -- clear_cache", roles: app}
            """;

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void eachStepRunsWhereItBelongs() {
        var deploy = launch(FLEET, "deploy");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertEquals("""
                app1.test:
                $ sh -c everywhere
                $ sh -c 'warm up'
                $ [www-data] app-command - /srv/app 'python3 manage.py' clear_cache
                app2.test:
                $ [shop] app-command - /srv/app 'migrate it'
                  < export NODE=***
                $ sh -c everywhere
                $ sh -c tick
                beat.test:
                $ sh -c everywhere
                $ sh -c tick
                """, world.changes());
    }

    @Test
    void thePlanSaysWhere() {
        assertEquals("""
                step  does                            where
                1     db-migrate                      app2.test
                2     run: everywhere                 app1.test, app2.test, beat.test
                3     run: warm up (once on app)      app1.test
                4     run: tick (on beat, db)         app2.test, beat.test
                5     manage -- clear_cache (on app)  app1.test, app2.test
                """, launch(FLEET, "deploy", "--plan").out());
    }

    @Test
    void aStepForHostsThatAreNotMeantIsLeftOut() {
        var deploy = launch(FLEET, "deploy", "--host", "beat*");

        assertEquals(0, deploy.exit(), deploy.toString());
        assertTrue(deploy.out().contains("none of the hosts that take part has a part in it"), deploy.out());
        assertEquals("""
                beat.test:
                $ [www-data] app-command - /srv/app 'migrate it'
                $ sh -c everywhere
                $ sh -c tick
                """, world.changes());
    }

    @Test
    void patternsAndRolesPickHosts() {
        launch(FLEET, "run", "--host", "@app,!app1*", "--", "id");
        assertEquals("app2.test:\n$ sh -c id sh\n", world.changes());

        var none = launch(FLEET, "run", "--host", "@web", "--", "id");
        assertEquals(2, none.exit());
        assertEquals(
                "run: --host: @web is no host of staging: app1.test (app), app2.test (app, db), beat.test (beat)\n",
                none.err());
    }

    @Test
    void hostsThatFailAreToldEachAndTheOthersGoOn() {
        world.unreachable("app1.test", new ConnectionLost("app1.test", "no answer from app1.test:22 within 10s")
                .remedy("is it running?"));
        world.at("app2.test").answering("sh -c 'do it' sh", 7, "", "ouch\n");

        var ran = launch(FLEET, "run", "--", "do it");

        assertEquals(1, ran.exit());
        assertEquals("""
                app2.test: ouch
                run: app1.test: no answer from app1.test:22 within 10s
                try: is it running?
                run: app2.test: do it: exit 7
                run: staging: 2 of 3 hosts failed: app1.test (no connection), app2.test (do it: exit 7)
                """, ran.err());
        assertEquals("$ sh -c 'do it' sh\n", world.at("beat.test").changes());
    }

    @Test
    void ofAStepOfADeployTheLastLinesAreToldHostByHost() {
        for (var host : List.of("app1.test", "app2.test")) {
            world.at(host).answering("sh -c everywhere", 1, "", "cannot write: No space left on device\n");
        }

        var deploy = launch(FLEET, "deploy");

        assertEquals(4, deploy.exit());
        assertEquals("""
                deploy: app1.test: everywhere: exit 1
                  command: sh -c everywhere
                  cannot write: No space left on device
                deploy: app2.test: everywhere: exit 1
                  command: sh -c everywhere
                  cannot write: No space left on device
                deploy: staging: 2 of 3 hosts failed: app1.test (disk full), app2.test (disk full)
                try: jbang deploy@dragonfab staging
                """, deploy.err());
    }

    @Test
    void aDeadHostKeepsADeployFromBeginning() {
        world.unreachable("beat.test", new ConnectionLost("beat.test", "connection refused by beat.test:22"));

        assertEquals(4, launch(FLEET.replace("- db-migrate\n", "- {run: first}\n"), "deploy").exit());
        assertEquals("", world.changes());
    }

    @Test
    void atLeastOneHostIsWorkedOnAtOnce() {
        var none = launch(FLEET, "run", "--parallel", "0", "--", "id");

        assertEquals(2, none.exit());
        assertTrue(none.err().contains("'--parallel': should be a number from 1 to "), none.err());
        assertEquals(0, launch(FLEET, "run", "--parallel", "1", "--", "id").exit());
    }

    private Launch launch(String environments, String script, String... options) {
        var words = new ArrayList<>(List.of("staging"));
        words.addAll(List.of(options));
        return Launch.of(environments, script, world, words.toArray(String[]::new));
    }
}
