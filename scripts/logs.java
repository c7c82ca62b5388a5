///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Shows what the application's units say, on every target.

import dragonfab.config.Key;
import dragonfab.deploy.ReleaseKinds;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.recipe.WholeNumber;
import dragonfab.state.TargetState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "logs", description = "Shows what the application's units say, on every target.")
class Logs extends EnvironmentScript {
    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
    boolean follow;

    @Option(names = "--lines", paramLabel = "N", converter = WholeNumber.NoneOrMore.class,
            description = "So many lines of each target (default: 100).")
    int lines = 100;

    @Option(names = "--unit", paramLabel = "UNIT", split = ",",
            description = "These units (default: services, or the units that the release brings).")
    List<String> units = List.of();

    public static void main(String... args) {
        System.exit(new Logs().start(args));
    }

    @Override
    protected boolean onlyReads() {
        return true;
    }

    @Override
    protected void steps(Run run) {
        var state = new TargetState(run.environment().application("logs"));
        var kind = ReleaseKinds.of(run.environment());
        run.eachReached(remote -> {
            var wanted = units.isEmpty() ? run.at(remote).find(Key.SERVICES).orElse(List.of()) : units;
            remote.show("logs", kind.logs(state, lines, follow, wanted), follow);
        });
    }

    /** Following has no end of its own. */
    @Override
    protected boolean endless() {
        return follow;
    }
}
