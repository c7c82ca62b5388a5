///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Forbids deploys for a while, or allows them again.

import dragonfab.deploy.DeployHold;
import dragonfab.recipe.NamedEnvironmentScript;
import dragonfab.recipe.Run;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "lock", description = {"Forbids deploys for a while, or allows them again.",
    "What runs already goes on to its end."})
class Lock extends NamedEnvironmentScript {
    enum Verb {
        HOLD, RELEASE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "1", paramLabel = "hold|release", description = "Forbid deploys, or allow them again.")
    Verb verb;

    @Option(names = "--message", paramLabel = "TEXT", description = "Why, for all that are refused.")
    String message = "";

    public static void main(String... args) {
        System.exit(new Lock().start(args));
    }

    @Override
    protected void steps(Run run) {
        if (verb == Verb.HOLD) {
            DeployHold.put(run, message);
        } else {
            DeployHold.remove(run);
        }
    }
}
