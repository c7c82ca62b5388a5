package dragonfab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.target.ScriptedConnector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.List;

/** Which environment a script works on when none is named. */
class OnlyEnvironmentTest {
    private static final String ONE = "environments: {lxc: {hosts: app1.test, package_name: shop}}\n";
    private static final String GUARDED =
            "environments: {production: {hosts: app1.test, package_name: shop, protected: true}}\n";
    private static final String THREE = """
            environments:
              __all__: {hosts: app1.test, package_name: shop}
              production: {protected: true}
              lxc: {}
              staging: {}
            """;
    private static final String LOGS = "[root] package-logs shop 100 all";

    private final ScriptedConnector world = new ScriptedConnector();

    @Test
    void theOnlyOneIsTaken() {
        world.at("app1.test").answering(LOGS, "one\n");
        var launch = Launch.of(ONE, "logs", world);

        assertEquals("", launch.err());
        assertEquals(0, launch.exit());
        assertEquals("one\n", launch.out());
    }

    @Test
    void aScriptThatChangesSomethingSaysWhichItTook() {
        var launch = Launch.of(ONE, new Touch(), world);

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("note       local: lxc is taken, the only environment\n"
                + "changed    app1.test: touch\n1 changed\n", launch.out());
    }

    @Test
    void aProtectedOneHasToBeNamed() {
        var launch = Launch.of(GUARDED, "deploy", world);

        assertEquals(2, launch.exit());
        assertEquals("deploy: environments.yml: production is protected, and is taken by its name alone\n"
                + "try: jbang deploy@dragonfab production\n", launch.err());
        assertEquals("", world.changes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "deb-deploy", "rollback", "status", "init", "db-migrate"})
    void ofSeveralNoneIsTaken(String script) {
        var launch = Launch.of(THREE, script, world);

        assertEquals(2, launch.exit());
        assertEquals(script + ": environments.yml: ENV is missing, and is one of production (protected), lxc, staging\n"
                + "try: jbang " + script + "@dragonfab lxc\n", launch.err());
    }

    /** Another word would be taken for ENV, or what is there would be lost. */
    @ParameterizedTest
    @ValueSource(strings = {"web-mode", "lxc", "lock", "run", "manage", "db-push", "db-clone", "data-refresh"})
    void whereMoreWordsFollowOrDataIsLostItHasToBeNamed(String script) {
        assertEquals(Optional.of("ENV"), Arguments.refusal(script, List.of()).filter(why -> why.contains("'ENV'"))
                .map(why -> "ENV"));
        assertEquals(2, Launch.of(ONE, script, world).exit());
    }

    @Test
    void aWordThatStandsFirstIsTheEnvironment() {
        var launch = Launch.of(ONE, "rollback", world, "1.9");

        assertEquals(2, launch.exit());
        assertEquals("rollback: environments.yml: no environment 1.9; there are lxc\n", launch.err());
    }

    @picocli.CommandLine.Command(name = "touch")
    private static final class Touch extends EnvironmentScript {
        @Override
        protected void steps(Run run) {
            run.each(remote -> remote.run("touch", dragonfab.shell.Command.of("touch", "it")));
        }
    }
}
