///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Shows what runs on each target, and whether it is healthy.

import dragonfab.deploy.SiteStatus;
import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Shows what runs on each target, and whether it is healthy.")
class Status extends EnvironmentScript {
    @ArgGroup
    How how = new How();

    static class How {
        @Option(names = "--follow", description = "Follow the step that runs, to its end.")
        boolean follow;

        @Option(names = "--exit-code",
                description = "End with 0 when all is healthy, with 1 when a target could not be asked, else with 4.")
        boolean exitCode;
    }

    public static void main(String... args) {
        System.exit(new Status().start(args));
    }

    @Override
    protected boolean onlyReads() {
        return true;
    }

    @Override
    protected void steps(Run run) {
        var status = new SiteStatus(run);
        if (how.follow) {
            status.follow();
        } else if (how.exitCode) {
            status.requireHealthy();
        } else {
            status.show();
        }
    }
}
