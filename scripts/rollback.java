///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-lib:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC
//DESCRIPTION Goes back to the release before, or to a named one.

import dragonfab.EnvironmentScript;
import dragonfab.Installation;
import dragonfab.Run;
import dragonfab.SiteHealth;
import dragonfab.config.Key;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rollback", description = "Goes back to the release before, or to a named one.")
class Rollback extends EnvironmentScript {
    @Parameters(index = "1", arity = "0..1", paramLabel = "RELEASE",
            description = "The version to go back to, as releases shows it.")
    String release;

    public static void main(String... args) {
        System.exit(new Rollback().start(args));
    }

    @Override
    protected void steps(Run run) {
        var name = run.environment().require(Key.PACKAGE_NAME, "rollback");
        var there = run.targets().stream().map(remote -> Installation.on(remote, run.environment(), name))
                .collect(Collectors.toMap(Installation::place, installation -> installation));
        // All ways back are proven before the first target moves.
        var back = there.values().stream()
                .collect(Collectors.toMap(Installation::place, installation -> installation.wayBack(release)));
        run.each(remote -> there.get(remote.name()).rollback(back.get(remote.name())));
        run.each(remote -> new SiteHealth(run, back.get(remote.name()).version()).demand(remote));
    }
}
