///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC
//DESCRIPTION Installs the newest package on every target.

import dragonfab.DeployOptions;
import dragonfab.Deployment;
import dragonfab.EnvironmentScript;
import dragonfab.Packages;
import dragonfab.Run;
import dragonfab.Shipment;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "deb-deploy", description = "Installs the newest package on every target, with its debconf answers.")
class DebDeploy extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE.deb",
            description = "The package to install (default: the newest in package_dir).")
    Path file;

    @Mixin
    DeployOptions change = new DeployOptions();

    public static void main(String... args) {
        System.exit(new DebDeploy().start(args));
    }

    @Override
    protected void steps(Run run) {
        var shipment = Shipment.of(run, Packages.toDeploy(run, file));
        var answers = Packages.answers(run);
        Deployment.within(run, change, "deb-deploy", deployment -> {
            // No target changes before all of them could, and could go back.
            run.each(remote -> deployment.on(remote).prepare(shipment, answers.get(remote.name())));
            run.each(remote -> deployment.on(remote).install());
        });
    }
}
