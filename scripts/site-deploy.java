///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Installs a site beside the one that serves, and switches to it.

import dragonfab.config.Key;
import dragonfab.config.MigrateMode;
import dragonfab.database.migrate.DatabaseMigration;
import dragonfab.deploy.Deployment;
import dragonfab.deploy.FailureTolerance;
import dragonfab.deploy.ResumedDeploy;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.DeployOptions;
import dragonfab.release.site.SiteDatabase;
import dragonfab.release.site.SiteKind;
import dragonfab.release.site.SiteSource;
import dragonfab.report.Failure;
import dragonfab.web.MaintenanceMode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "site-deploy", description = {
    "Installs the newest site on every target beside the one that serves, and switches to it.",
    "The database is migrated before that, as migrate says."})
class SiteDeploy extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE.deb",
            description = "The site's package (default: the newest in package_dir).")
    Path file;

    @Option(names = "--resume",
            description = "Only finish a deploy that was left off, with its site and on the targets that lack it.")
    boolean resume;

    @Mixin
    DeployOptions change = new DeployOptions();

    public static void main(String... args) {
        System.exit(new SiteDeploy().start(args));
    }

    @Override
    protected void steps(Run run) {
        FailureTolerance.begin(run);
        if (resume && file != null) {
            throw Failure.usage("--resume", "takes the site that was left off, and no other");
        }
        run.consent().asksFirst();
        if (!resume || ResumedDeploy.begin(run).isPresent()) {
            var site = SiteSource.of(run, Optional.ofNullable(file));
            run.consent().requireAgreement("switch to " + site.deb() + " there");
            Deployment.within(run, change, "site-deploy", deployment -> {
                // No target changes before all of them have the new release, and could go back.
                deployment.prepare(site);
                switchTo(run, site, deployment);
            });
        }
    }

    private static void switchTo(Run run, SiteSource site, Deployment deployment) {
        // Before the first release there is nothing to close.
        boolean closes = run.environment().get(Key.MIGRATE) == MigrateMode.MAINTENANCE
                && run.targets().stream().anyMatch(remote -> !deployment.on(remote).version().isEmpty());
        if (closes) {
            deployment.site().closesLate(true);
            MaintenanceMode.of(run).close(null);
        }
        if (run.environment().get(Key.MIGRATE) != MigrateMode.OFF || SiteDatabase.isEmpty(run, site.deb())) {
            DatabaseMigration.of(run, new SiteKind()).perform();
        }
        boolean closed = closes && deployment.site().staysOpen();
        deployment.roll();
        if (closed) {
            deployment.database().nothingLeft();
            MaintenanceMode.of(run).open();
        }
    }
}
