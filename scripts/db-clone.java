///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Copies another environment's database here, anonymised on arrival.

import dragonfab.database.clone.DatabaseClone;
import dragonfab.recipe.NamedEnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "db-clone", description = {"Copies another environment's database here in one stream, anonymises it,",
    "and swaps it with the live one, which stays as NAME__old: db-push --undo swaps back."})
class DbClone extends NamedEnvironmentScript {
    @Option(names = "--from", paramLabel = "ENV", description = "Where from (default: clone_from).")
    String from;

    @Option(names = "--cached", description = "Take the newest dump of the other environment on this machine.")
    boolean cached;

    public static void main(String... args) {
        System.exit(new DbClone().start(args));
    }

    @Override
    protected void steps(Run run) {
        var clone = new DatabaseClone(run, from);
        if (cached) {
            clone.fromDump();
        } else {
            clone.fromServer();
        }
    }
}
