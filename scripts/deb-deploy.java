///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Installs the newest package on every target.

import dragonfab.deb.DebPackage;
import dragonfab.deploy.Deployment;
import dragonfab.deploy.FailureTolerance;
import dragonfab.deploy.ResumedDeploy;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.NewReleaseOptions;
import dragonfab.release.deb.PackageChoice;
import dragonfab.release.deb.PackageSource;
import dragonfab.report.Failure;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deb-deploy", description = "Installs the newest package on every target, with its debconf answers.")
class DebDeploy extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE.deb",
            description = "The package to install (default: the newest in package_dir).")
    Path file;

    @Option(names = "--resume",
            description = "Only finish a deploy that was left off, with its package and on the targets that lack it.")
    boolean resume;

    @Mixin
    NewReleaseOptions change = new NewReleaseOptions();

    public static void main(String... args) {
        System.exit(new DebDeploy().start(args));
    }

    @Override
    protected void steps(Run run) {
        FailureTolerance.begin(run);
        if (resume && file != null) {
            throw Failure.usage("--resume", "takes the package that was left off, and no other");
        }
        run.consent().asksFirst();
        if (!resume || ResumedDeploy.begin(run).isPresent()) {
            var deb = PackageChoice.toDeploy(run, file);
            run.consent().requireAgreement("install " + deb + " there");
            install(run, deb);
        }
    }

    private void install(Run run, DebPackage deb) {
        var release = PackageSource.of(run, deb);
        Deployment.within(run, change, "deb-deploy", deployment -> {
            // No target changes before all of them could, and could go back.
            deployment.prepare(release);
            deployment.roll();
        });
    }
}
