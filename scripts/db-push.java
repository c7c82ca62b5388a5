///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Loads a dump beside the live database, and swaps the two.

import dragonfab.database.DatabaseDumps;
import dragonfab.database.DatabaseLoad;
import dragonfab.database.clone.DatabaseClone;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.recipe.NamedEnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "db-push", description = {"Loads a dump beside the live database, compares it, and swaps the two.",
    "The one before stays as NAME__old; a dump of another environment is treated as a clone of it."})
class DbPush extends NamedEnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "DUMP",
            description = "A dump, by file or by name (default: the newest of ENV).")
    String dump;

    @ArgGroup
    Instead instead = new Instead();

    @Option(names = "--yes-really", paramLabel = "NAME",
            description = "The name of a protected environment, in place of typing it.")
    String name;

    static class Instead {
        @Option(names = "--undo", description = "Swap back to the database before.")
        boolean undo;

        @Option(names = "--prune", description = "Drop the database before.")
        boolean prune;
    }

    public static void main(String... args) {
        System.exit(new DbPush().start(args));
    }

    @Override
    protected void steps(Run run) {
        var load = DatabaseLoad.on(run.database(), run.environment());
        if (instead.prune) {
            load.prune();
        } else if (instead.undo) {
            run.consent().requireByName("its database would be the one before", name);
            load.undo();
        } else {
            push(run, load);
        }
    }

    private void push(Run run, DatabaseLoad load) {
        var dumps = new DatabaseDumps(run, ReleaseKinds.of(run.environment()));
        var pushed = dumps.choose(dump);
        if (!pushed.manifest().environment().equals(run.environment().name())) {
            new DatabaseClone(run, pushed.manifest().environment()).from(pushed);
            return;
        }
        load.requireFit(pushed.manifest().origin());
        run.consent().requireByName("its database would be replaced", name);
        dumps.beforeReplacing(load, run.database());
        load.replace(pushed);
    }
}
