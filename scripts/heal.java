///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Puts right what an interrupted deploy left.

import dragonfab.deploy.Deployment;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.DeployOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "heal", description = {
    "Puts right what an interrupted deploy left, and does nothing where nothing is wrong.",
    "Every command that changes a site does this first."})
class Heal extends EnvironmentScript {
    @Mixin
    DeployOptions change = new DeployOptions();

    public static void main(String... args) {
        System.exit(new Heal().start(args));
    }

    @Override
    protected void steps(Run run) {
        Deployment.within(run, change, "heal", healed -> { });
    }
}
