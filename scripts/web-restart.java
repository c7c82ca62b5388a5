///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.dragonfab:dragonfab-deploy:0.1.0
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xms32m -XX:MaxNewSize=32m
//DESCRIPTION Restarts the application and the web server.

import dragonfab.recipe.EnvironmentScript;
import dragonfab.recipe.Run;
import dragonfab.web.MaintenanceMode;
import picocli.CommandLine.Command;

@Command(name = "web-restart", description = "Restarts the application and the web server.")
class WebRestart extends EnvironmentScript {

    public static void main(String... args) {
        System.exit(new WebRestart().start(args));
    }

    @Override
    protected void steps(Run run) {
        MaintenanceMode.restart(run);
    }
}
