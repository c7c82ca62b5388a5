///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Goes back to the release before, or to a named one.

import dragonfab.deploy.DatabaseOnRollback;
import dragonfab.deploy.Deployment;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.DeployOptions;
import dragonfab.state.Release;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rollback", description = "Goes back to the release before, or to a named one.")
class Rollback extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "RELEASE",
            description = "The version to go back to, or the start of its checksum, as releases shows them.")
    String release;

    @Option(names = "--database", paramLabel = "keep|restore", description = {
        "What becomes of a database that the release to be left has migrated: keep it, or restore the dump before."})
    DatabaseOnRollback database;

    @Mixin
    DeployOptions change = new DeployOptions();

    public static void main(String... args) {
        System.exit(new Rollback().start(args));
    }

    @Override
    protected void steps(Run run) {
        run.consent().asksFirst();
        Deployment.within(run, change, "rollback", deployment -> {
            Map<String, Release> back = new ConcurrentHashMap<>();
            // All ways back are proven before the first target moves.
            run.each(remote -> back.put(remote.name(), deployment.on(remote).rollbackTarget(release)));
            if (run.consent().asksFirst()) {
                back.forEach((host, to) -> run.report().note(host, "goes back to " + to.version()));
            }
            run.consent().requireAgreement("go back as shown above");
            deployment.database().decide(database, back.get(run.database().name()));
            deployment.prepare(back);
            deployment.roll();
        });
    }
}
