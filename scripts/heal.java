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
import picocli.CommandLine.Option;

@Command(name = "heal", description = {
    "Puts right what an interrupted deploy left, and does nothing where nothing is wrong.",
    "Every command that changes a site does this first."})
class Heal extends EnvironmentScript {
    @Option(names = "--abandon", description = {
        "Give up a rollback that failed: what runs stays, and nobody tries again. You are asked twice."})
    boolean abandon;

    @Option(names = "--yes-really", paramLabel = "NAME", description = "Answers the second question, by this name.")
    String reallyName;

    @Mixin
    DeployOptions change = new DeployOptions();

    public static void main(String... args) {
        System.exit(new Heal().start(args));
    }

    @Override
    protected void steps(Run run) {
        if (abandon) {
            run.consent().requireTwice("nobody will roll back what a deploy left there", reallyName);
            Deployment.abandonRollbacks(run, change, "heal --abandon");
        }
        Deployment.within(run, change, "heal", Deployment::requireHealed);
    }
}
