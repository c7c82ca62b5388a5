///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Makes, starts, stops, removes, lists and snapshots an environment's container.

import dragonfab.container.ContainerLifecycle;
import dragonfab.container.InteractiveShell;
import dragonfab.recipe.NamedEnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Remedy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "lxc", description = {"Looks after an environment's container:",
    "create, start, stop, remove, list, shell, snapshot [COMMENT], restore SNAPSHOT"})
class Lxc extends NamedEnvironmentScript {
    @Parameters(index = "1", paramLabel = "ACTION", description = "One of ${COMPLETION-CANDIDATES}.")
    Action action;

    @Parameters(index = "2", arity = "0..1", paramLabel = "ARGUMENT",
            description = "A comment for snapshot, or the name of the snapshot for restore.")
    String argument;

    enum Action { create, start, stop, remove, list, shell, snapshot, restore }

    public static void main(String... args) {
        System.exit(new Lxc().start(args));
    }

    @Override
    protected void steps(Run run) {
        if (argument == null ? action == Action.restore : action != Action.restore && action != Action.snapshot) {
            throw Failure.usage("lxc " + action, argument == null ? "which snapshot?" : "takes no " + argument)
                    .remedy(Remedy.script("lxc", run.environment(), "list"));
        }
        if (action == Action.shell) {
            InteractiveShell.open(run);
            return;
        }
        var lifecycle = ContainerLifecycle.of(run);
        switch (action) {
            case create -> lifecycle.create();
            case start -> lifecycle.start();
            case stop -> lifecycle.stop();
            case remove -> lifecycle.remove();
            case snapshot -> lifecycle.snapshot(argument == null ? "" : argument);
            case restore -> lifecycle.restore(argument);
            default -> lifecycle.list();
        }
    }
}
