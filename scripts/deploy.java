///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-scripts:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC
//DESCRIPTION Runs an environment's sequence, from the package to the checked site.

import dragonfab.DeployOptions;
import dragonfab.EnvironmentScript;
import dragonfab.Run;
import dragonfab.Sequence;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "deploy", description = "Runs an environment's sequence, from the package to the checked site.")
class Deploy extends EnvironmentScript {
    @Option(names = "--plan", description = "Show the steps and the targets, and change nothing.")
    boolean plan;

    @Mixin
    DeployOptions change = new DeployOptions();

    public static void main(String... args) {
        System.exit(new Deploy().start(args));
    }

    @Override
    protected void steps(Run run) {
        var sequence = Sequence.of(run.environment());
        if (plan) {
            sequence.show(run);
        } else {
            sequence.perform(run, change);
        }
    }
}
