///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Brings the database to the application's schema, once.

import dragonfab.database.migrate.DatabaseMigration;
import dragonfab.database.migrate.PatchRunner;
import dragonfab.deploy.Deployment;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "db-migrate", description = {
    "Brings the database to the application's schema, from the first target (of the role db).",
    "First the SQL files of patches, then db_migrate; without either, Django's migrate."})
class DbMigrate extends EnvironmentScript {
    @ArgGroup
    Instead instead = new Instead();

    static class Instead {
        @Option(names = "--check", description = "Only show what is pending; exit code 1 when something is.")
        boolean check;

        @Option(names = "--status", description = "Only list the patches, and which of them are applied.")
        boolean status;

        @Option(names = "--fake", paramLabel = "NAME|all",
                description = "Mark a patch as applied without running it; all for those that are pending.")
        String fake;
    }

    public static void main(String... args) {
        System.exit(new DbMigrate().start(args));
    }

    @Override
    protected boolean onlyReads() {
        return instead.status || instead.check;
    }

    @Override
    protected void steps(Run run) {
        if (instead.status) {
            PatchRunner.on(run.database(), run).show();
        } else if (instead.fake != null) {
            PatchRunner.on(run.database(), run).fake(instead.fake);
        } else if (instead.check) {
            migration(run).check();
        } else {
            Deployment.alone(run, "db-migrate", () -> migration(run).perform());
        }
    }

    private static DatabaseMigration migration(Run run) {
        return DatabaseMigration.of(run, ReleaseKinds.of(run.environment()));
    }
}
