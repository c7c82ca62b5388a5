///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Puts the newest package into the signed apt repository.

import dragonfab.EnvironmentScript;
import dragonfab.PackageChoice;
import dragonfab.Packages;
import dragonfab.Publication;
import dragonfab.Run;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deb-publish", description = {"Puts the newest package into the suite of ENV in the apt repository.",
    "The repository, its key and its web server are made when they are missing."})
class DebPublish extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE.deb",
            description = "The package to publish (default: the newest in package_dir; with --from, the last there).")
    Path file;

    @Option(names = "--from", paramLabel = "OTHER",
            description = "Publish the same bytes that the suite of that environment has.")
    String from;

    public static void main(String... args) {
        System.exit(new DebPublish().start(args));
    }

    @Override
    protected void steps(Run run) {
        var publication = new Publication(run);
        run.pass(Packages.CURRENT, from == null ? publication.publish(PackageChoice.toPublish(run, file))
                : publication.promote(run.other(from), file));
    }
}
