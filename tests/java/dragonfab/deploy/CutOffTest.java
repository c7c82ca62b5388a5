package dragonfab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Launch;
import dragonfab.recipe.Run;
import dragonfab.release.DeployOptions;
import dragonfab.target.ScriptedConnector;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a deploy says of its targets when this machine is gone: only those go back whose rollback is armed. */
class CutOffTest {
    private final ScriptedConnector world = new ScriptedConnector();
    private final List<Optional<String>> said = new ArrayList<>();

    @Test
    void nothingGoesBackBeforeTheRollbackIsArmedNorSimplyAfterAMigration() {
        world.at("a.test").answering("[root] package-facts app", "architecture amd64\n")
                .answering("[root] package-services app failing", "");
        Launch.of("environments: {staging: {hosts: a.test, package_name: app}}\n", new Cut(), world, "staging");

        assertEquals(List.of(Optional.empty(), Optional.empty(),
                Optional.of("a.test goes back to what ran before by itself, unless it was confirmed already"),
                Optional.of("a.test: its migration had begun, so it does not simply go back; status says what runs")),
                said);
    }

    @Command(name = "cut")
    private final class Cut extends EnvironmentScript {
        @Override
        protected void steps(Run run) {
            var options = new DeployOptions();
            options.allowNoRollback = true;
            said.add(run.transaction().whenCutOff());
            Deployment.within(run, options, "cut", deployment -> {
                said.add(run.transaction().whenCutOff());
                deployment.ready();
                said.add(run.transaction().whenCutOff());
                deployment.schemaChanges(null);
                said.add(run.transaction().whenCutOff());
            });
        }
    }
}
