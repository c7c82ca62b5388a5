///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Brings the database to the application's schema, once.

import dragonfab.database.migrate.ChangeRunner;
import dragonfab.database.migrate.DatabaseMigration;
import dragonfab.deploy.Deployment;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "db-migrate", description = {
    "Brings the database to the application's schema, from the first target (of the role db).",
    "First the SQL files of patches, then db_migrate; without either, Django's migrate. Last come new fixtures."})
class DbMigrate extends EnvironmentScript {
    @ArgGroup
    Instead instead = new Instead();

    static class Instead {
        @Option(names = "--check", description = "Only show what is pending; exit code 1 when something is.")
        boolean check;

        @Option(names = "--status",
                description = "Only list patches and fixtures, which of them are applied, and what is held back.")
        boolean status;

        @Option(names = "--fake", paramLabel = "NAME|all",
                description = "Mark a patch or fixture as applied without running it; all for those that are pending.")
        String fake;

        @Option(names = "--not-yet", paramLabel = "NAME",
                description = "Hold back a patch, a fixture or a migration of Django's (app.0007_x) until --now.")
        String notYet;

        @Option(names = "--now", paramLabel = "NAME", description = "Release what is held back; the next run has it.")
        String now;
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
            changes(run).show();
        } else if (instead.fake != null) {
            changes(run).fake(instead.fake);
        } else if (instead.notYet != null) {
            changes(run).hold(instead.notYet);
        } else if (instead.now != null) {
            changes(run).release(instead.now);
        } else if (instead.check) {
            migration(run).check();
        } else {
            Deployment.alone(run, "db-migrate", () -> migration(run).perform());
        }
    }

    private static ChangeRunner changes(Run run) {
        return ChangeRunner.on(run.database(), run);
    }

    private static DatabaseMigration migration(Run run) {
        return DatabaseMigration.of(run, ReleaseKinds.of(run.environment()));
    }
}
