import dragonfab.config.Key;
import dragonfab.database.migrate.DatabaseMigration;
import dragonfab.deploy.Deployment;
import dragonfab.deploy.FailureTolerance;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.deploy.ResumedDeploy;
import dragonfab.health.SmokeTests;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.DeployOptions;
import dragonfab.release.files.FilesSource;
import dragonfab.web.MaintenanceMode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What deb-deploy is to packages, of a kind from outside; and with --closed, a whole sequence as one transaction. */
@Command(name = "files-deploy", description = "Brings the newest tar file to every target, and switches to it.")
class FilesDeploy extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE.tar",
            description = "The release to deploy (default: the newest in package_dir).")
    Path file;

    @Option(names = "--resume", description = "Only finish a deploy that was left off.")
    boolean resume;

    @Option(names = "--closed", description = "In maintenance, and migrate from what was brought before it runs.")
    boolean closed;

    @Mixin
    DeployOptions change = new DeployOptions();

    public static void main(String... args) {
        System.exit(new FilesDeploy().start(args));
    }

    @Override
    protected void steps(Run run) {
        FailureTolerance.begin(run);
        if (!resume || ResumedDeploy.begin(run).isPresent()) {
            var release = FilesSource.of(run, Optional.ofNullable(file));
            Deployment.within(run, change, name(), deployment -> deploy(run, release, deployment));
        }
    }

    private void deploy(Run run, FilesSource release, Deployment deployment) {
        var kind = ReleaseKinds.of(run.environment());
        if (closed) {
            MaintenanceMode.of(run).close(null);
        }
        deployment.prepare(release);
        if (closed) {
            DatabaseMigration.of(run, kind).perform();
        }
        deployment.roll();
        if (run.environment().has(Key.HEALTH)) {
            var tests = SmokeTests.of(run, kind);
            run.each(tests::health);
            tests.requireSuccess();
        }
        if (closed) {
            deployment.database().nothingLeft();
            MaintenanceMode.of(run).open();
        }
    }
}
