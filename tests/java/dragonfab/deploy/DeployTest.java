package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployTest {
    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void aPlanIsATableAndReachesNobody() {
        var launch = deploy("""
                environments:
                  staging:
                    hosts: [app1.test, app2.test]
                    deploy: [deb-build, web-mode maintenance, {run: "uptime; df"}, {local: make}, web-mode live]
                """, "--plan");

        assertEquals("""
                step  does                  where
                1     deb-build             local
                2     web-mode maintenance  app1.test, app2.test
                3     run: uptime; df       app1.test, app2.test
                4     local: make           local
                5     web-mode live         app1.test, app2.test
                """, launch.out());
        assertEquals("", world.changes());
    }

    @Test
    void withoutASequenceTheKeysOfTheEnvironmentMakeOne() {
        var launch = deploy("""
                environments:
                  staging: {hosts: app.test, package_name: app, db_name: app, health: /up, protected: true}
                """, "--plan", "--json");

        assertEquals("init, deb-build, web-mode maintenance, deb-deploy, db-migrate, test, web-mode live",
                String.join(", ", launch.out().lines().filter(line -> line.contains("\"table\":\"plan\""))
                        .map(line -> line.replaceAll(".*\"does\":\"([^\"]*)\".*", "$1")).toList()));
    }

    @Test
    void aStepThatNoScriptUnderstandsIsRefusedBeforeTheFirstOneRuns() {
        var launch = deploy("""
                environments:
                  staging: {hosts: app.test, deploy: [{local: "touch here"}, web-mode closed]}
                """);

        assertEquals(2, launch.exit());
        assertTrue(launch.err().startsWith("deploy: environments.yml: staging.deploy: web-mode closed: "),
                launch.err());
        assertEquals("", world.changes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--plan", "--resume"})
    void aScriptOfTheProjectThatCannotBeRunIsRefusedBeforehand(String how, @TempDir Path folder) throws IOException {
        var smoke = folder.resolve("smoke test.sh");
        var sequence = "environments:\n  staging: {lxc: app-lxc, package_name: app,"
                + " deploy: [init, %s {script: \"'" + smoke + "' -v\"}]}\n";
        var options = how.isEmpty() ? new String[0] : new String[] {how};

        var missing = deploy(sequence.formatted(""), options);
        assertEquals(2, missing.exit(), missing.err());
        assertEquals("deploy: staging: script: '" + smoke + "' -v: there is no such file\n", missing.err());

        Files.writeString(smoke, "#!/bin/sh\n");
        var fixed = deploy(sequence.formatted(""), options);
        assertEquals("deploy: staging: script: '" + smoke + "' -v: may not be run\ntry: chmod +x '" + smoke + "'\n",
                fixed.err());
        assertEquals("", world.changes());
        Files.delete(smoke);
        assertFalse(deploy(sequence.formatted("{local: make},"), "--plan").err().contains("no such file"));
    }

    @Test
    void aFailureInTheMiddleSaysWhatStateThingsAreInAndWhatToType() {
        world.at("app.test").answering("sh -c 'restart it'", 1, "", "no\n");
        var launch = deploy("""
                environments:
                  staging: {hosts: app.test, deploy: [{run: "prepare"}, {run: "restart it"}, {run: "never"}]}
                """);

        assertEquals(4, launch.exit());
        assertEquals("""
                deploy: app.test: restart it: exit 1
                  command: sh -c 'restart it'
                  no
                try: jbang deploy@dragonfab staging
                """, launch.err());
        assertEquals("$ sh -c prepare\n$ sh -c 'restart it'\n", world.at("app.test").changes());
    }

    @ParameterizedTest
    @CsvSource({"heal --abandon,3", "{run: prepare} heal --abandon,4"})
    void whatAStepLacksIsNamedWhereTheStepIsWritten(String steps, int exit) {
        var launch = deploy("environments:\n  staging: {hosts: app.test, deploy: ["
                + steps.replace("} ", "}, ") + "]}\n", "--yes");

        assertEquals(exit, launch.exit());
        assertEquals("""
                deploy: staging: nobody will roll back what a deploy left there
                try: write that step as "heal --abandon --yes-really staging" in environments.yml
                then: jbang deploy@dragonfab staging --yes
                """, launch.err());
    }

    private Launch deploy(String environments, String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of("staging"));
        words.addAll(java.util.List.of(options));
        return Launch.of(environments, "deploy", world, words.toArray(String[]::new));
    }
}
