///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC
//DESCRIPTION Brings the database to the application's schema, once.

import dragonfab.EnvironmentScript;
import dragonfab.Run;
import dragonfab.config.Key;
import dragonfab.ops.Application;
import picocli.CommandLine.Command;

@Command(name = "db-migrate", description = {"Brings the database to the application's schema, from the first target.",
    "Without db_migrate in environments.yml, by Django's migrate."})
class DbMigrate extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new DbMigrate().start(args));
    }

    @Override
    protected void steps(Run run) {
        var application = Application.of(run.environment());
        var own = run.environment().find(Key.DB_MIGRATE);
        if (own.isPresent()) {
            run.first().run("migrate the database: " + own.get(), application.command(own.get()));
        } else if (run.first().holds(application.manage("migrate", "--check"))) {
            run.first().unchanged("migrate the database", "nothing is pending");
        } else {
            run.first().run("migrate the database", application.manage("migrate", "--noinput"));
        }
    }
}
