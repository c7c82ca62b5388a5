///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Dumps the database to this machine, verified before it counts.

import dragonfab.database.DatabaseDumps;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "db-dump", description = {"Dumps the database to dump_dir on this machine.",
    "A dump counts when it was read to its end and arrived whole; the one before stays until then."})
class DbDump extends EnvironmentScript {
    @Option(names = "--list", description = "Show the dumps of ENV that are there.")
    boolean list;

    @Option(names = "--verify", description = "Read the dumps of ENV to their ends, and compare their checksums.")
    boolean verify;

    public static void main(String... args) {
        System.exit(new DbDump().start(args));
    }

    @Override
    protected void steps(Run run) {
        var dumps = new DatabaseDumps(run, ReleaseKinds.of(run.environment()));
        if (list) {
            dumps.show();
        } else if (verify) {
            dumps.verify();
        } else {
            dumps.dump(run.database());
        }
    }
}
