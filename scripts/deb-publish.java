///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Puts the newest package into the signed apt repository.

import dragonfab.deb.PackageBuild;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.release.deb.OtherEnvironment;
import dragonfab.release.deb.PackageChoice;
import dragonfab.repository.PackagePublisher;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deb-publish", description = {"Puts the newest package into the suite of ENV in the apt repository.",
    "The repository, its key and its web server are made when they are missing."})
class DebPublish extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE.deb",
            description = "The package to publish (default: the newest in package_dir; with --from, what OTHER runs).")
    Path file;

    @Option(names = "--from", paramLabel = "OTHER",
            description = "Publish the release that this environment runs, the same bytes, with what it needs from there.")
    String from;

    public static void main(String... args) {
        System.exit(new DebPublish().start(args));
    }

    @Override
    protected void steps(Run run) {
        var publisher = new PackagePublisher(run);
        if (from == null) {
            var deb = PackageChoice.toPublish(run, file);
            PackageChoice.builds(run, deb).forEach(publisher::publish);
            run.pass(PackageBuild.CURRENT, deb);
        } else {
            run.pass(PackageBuild.CURRENT, publisher.promote(run.other(from), file,
                    () -> new OtherEnvironment(run, run.other(from))));
        }
    }
}
